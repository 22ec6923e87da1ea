/*
 * grant-mock BATCHES GRANTS-IN-EACH: a process with functions named as those
 * of Linux that map grants, so that uprobes can stand where the capture kit's
 * kprobes do.  Every seventh grant of a batch is refused.
 */
#include <stdint.h>
#include <stdlib.h>

struct map {
	uint64_t host_addr;
	uint32_t flags, ref;
	uint16_t domain;
	int16_t status;
	uint32_t handle;
	uint64_t bus_addr;
};

struct unmap {
	uint64_t host_addr, bus_addr;
	uint32_t handle;
	int16_t status;
};

/* The compiler must neither inline these nor leave the calls out. */
#define APART __attribute__((noinline))
#define KEEP __asm__ volatile("" ::: "memory")

APART int set_foreign_p2m_mapping(struct map *, void *, void *, unsigned);
APART int gnttab_map_refs(struct map *, void *, void *, unsigned);
APART int gnttab_unmap_refs(struct unmap *, void *, void *, unsigned);

APART int set_foreign_p2m_mapping(struct map *ops, void *kernel_ops,
				  void *pages, unsigned n)
{
	KEEP;
	return !ops || !n || kernel_ops != pages;
}

APART int gnttab_map_refs(struct map *ops, void *kernel_ops, void *pages,
			  unsigned n)
{
	int failed;

	for (unsigned i = 0; i < n; i++) {
		int refused = i % 7 == 6;

		ops[i].status = refused ? -3 : 0;
		ops[i].handle = refused ? UINT32_MAX : i + 5;
		ops[i].bus_addr = refused ? 0 : 0x8424cb000 + i * 4096ull;
	}
	failed = set_foreign_p2m_mapping(ops, kernel_ops, pages, n);
	KEEP;
	return failed;
}

APART int gnttab_unmap_refs(struct unmap *ops, void *kernel_ops, void *pages,
			    unsigned n)
{
	KEEP;
	return !ops || !n || kernel_ops != pages;
}

int main(int argc, char **argv)
{
	int batches = argc > 1 ? atoi(argv[1]) : 1;
	unsigned n = argc > 2 ? (unsigned)atoi(argv[2]) : 2;
	/* A probe reads 30 operations, whatever n is. */
	struct map *maps = calloc(n + 60, sizeof(*maps));
	struct unmap *unmaps = calloc(n + 60, sizeof(*unmaps));

	if (!maps || !unmaps)
		return 1;
	while (batches-- > 0) {
		for (unsigned i = 0; i < n; i++) {
			maps[i] = (struct map){
				.host_addr = 0x880001000 + i * 4096ull,
				.flags = 6, .ref = 8 + i, .domain = 1,
			};
			unmaps[i] = (struct unmap){
				.host_addr = maps[i].host_addr,
				.handle = i + 5,
			};
		}
		gnttab_map_refs(maps, NULL, NULL, n);
		gnttab_unmap_refs(unmaps, NULL, NULL, n);
	}
	return 0;
}

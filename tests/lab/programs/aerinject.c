/*
 * Has Linux's aer_inject feign an error of a PCIe device.
 *
 *   aerinject 0000:01:00.0 UNCORRECTED CORRECTED     status registers' bits
 */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* drivers/pci/pcie/aer_inject.c */
struct aer_error_inj {
	uint8_t bus, dev, fn;
	uint32_t uncor_status, cor_status, header_log[4], domain;
};

int main(int n, char **words)
{
	struct aer_error_inj ask = { 0 };
	unsigned domain, bus, dev, fn;
	int fd;

	if (n != 4 || sscanf(words[1], "%x:%x:%x.%x", &domain, &bus, &dev, &fn) != 4) {
		fputs("usage: aerinject BDF UNCORRECTED CORRECTED\n", stderr);
		return 2;
	}
	ask.domain = domain;
	ask.bus = (uint8_t)bus;
	ask.dev = (uint8_t)dev;
	ask.fn = (uint8_t)fn;
	ask.uncor_status = (uint32_t)strtoul(words[2], NULL, 0);
	ask.cor_status = (uint32_t)strtoul(words[3], NULL, 0);
	fd = open("/dev/aer_inject", O_WRONLY);
	if (fd < 0 || write(fd, &ask, sizeof(ask)) != sizeof(ask)) {
		perror("/dev/aer_inject");
		return 1;
	}
	return 0;
}

/* Files that are no text, each read by a file of its own in this room. */

#include "parsers/input/input.h"

static const struct form forms[] = {
	{ "a binary trace of Xen", true, xentrace_is, xentrace_open,
	  xentrace_close, NULL },
	{ "a trace.dat recording", true, recording_is, recording_open,
	  recording_close, NULL },
	{ "an ELF file", false, elf_is, elf_open, elf_close,
	  elf_inner },
	{ "a kernel image", false, kernel_is, kernel_open, kernel_close,
	  NULL },
	{ "a device tree", false, tree_is, tree_open, tree_close, NULL },
	{ "a table of ACPI", false, acpi_is, acpi_open, acpi_close, NULL },
	{ "a dump of ACPI's tables", false, acpidump_is, acpidump_open,
	  acpi_close, NULL },
};

const struct form *input_form(struct str head)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (forms[i].is(head))
			return &forms[i];
	return NULL;
}

/*
 * One bulk transfer of any size to a USB device, in a single request.
 *
 *   usbbulk /dev/bus/usb/001/002 ENDPOINT BYTES
 *
 * USBDEVFS_BULK gives the host controller's driver all bytes as one buffer,
 * which it maps as a whole.
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/usbdevice_fs.h>

int main(int n, char **words)
{
	struct usbdevfs_bulktransfer ask = { .timeout = 2000 };
	unsigned interface = 0;
	int fd;

	if (n != 4) {
		fputs("usage: usbbulk DEVICE ENDPOINT BYTES\n", stderr);
		return 2;
	}
	fd = open(words[1], O_RDWR);
	if (fd < 0 || ioctl(fd, USBDEVFS_CLAIMINTERFACE, &interface)) {
		perror(words[1]);
		return 1;
	}
	ask.ep = (unsigned)strtoul(words[2], NULL, 0);
	ask.len = (unsigned)strtoul(words[3], NULL, 0);
	ask.data = calloc(1, ask.len);
	if (!ask.data || ioctl(fd, USBDEVFS_BULK, &ask) < 0) {
		perror("USBDEVFS_BULK");
		return 1;
	}
	return 0;
}

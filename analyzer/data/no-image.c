/*
 * No image: make-image, which makes it, and programs of another machine.  A
 * program that was given image.c when it was linked has that one instead.
 */

#include "analyzer/data/embedded.h"

const struct embedded_file embedded_image = { 0, 0, 0 };
const struct catalog_index embedded_index = { 0 };

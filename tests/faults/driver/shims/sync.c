/* Records what of each append-only file is on disk: LD_PRELOAD with SYNC_FILE naming a file that gets a line `size path` each
 * time an fsync or fdatasync has ended. What lies beyond the last such size is what a power cut may take.
 * SYNC_DELAY_US makes each of them slow, as on a busy disk. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int recorded(int fd, long call) {
  struct stat before;
  int known = fstat(fd, &before) == 0;
  int failed = syscall(call, fd);
  const char *record = getenv("SYNC_FILE"), *delay = getenv("SYNC_DELAY_US");
  if (failed || !known || !record) return failed;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  if (!strstr(path, ".aof")) return 0;
  if (delay) usleep(atoi(delay));
  char line[PATH_MAX + 32];
  int bytes = snprintf(line, sizeof line, "%lld %s\n", (long long)before.st_size, path);
  int out = open(record, O_WRONLY | O_APPEND | O_CREAT, 0600);
  if (out >= 0) {
    if (write(out, line, bytes) != bytes) abort();
    close(out);
  }
  return 0;
}

int fsync(int fd) { return recorded(fd, SYS_fsync); }
int fdatasync(int fd) { return recorded(fd, SYS_fdatasync); }

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

/// Loaded before the C library: in the folder QUOTA_FOLDER there is room for QUOTA_BYTES, as for a user who has a
/// quota. What would need more fails with EDQUOT, until something is removed. A real quota takes an administrator to
/// set.
namespace {

long numberOf(const char *variable)
{
    const char *text = std::getenv(variable);
    return text ? std::atol(text) : 0;
}

/// What the files of the folder take.
off_t usedIn(const std::string &folder)
{
    off_t used = 0;
    DIR *entries = opendir(folder.c_str());
    while (const dirent *entry = entries ? readdir(entries) : nullptr) {
        struct stat state = {};
        if (stat((folder + "/" + entry->d_name).c_str(), &state) == 0 && S_ISREG(state.st_mode)) {
            used += state.st_size;
        }
    }
    if (entries) {
        closedir(entries);
    }
    return used;
}

/// Whether the file may be as long as that.
bool isRoomFor(int file, off_t end)
{
    static const char *folder = std::getenv("QUOTA_FOLDER");
    static const long most = numberOf("QUOTA_BYTES");
    struct stat state = {};
    if (!folder || fstat(file, &state) != 0 || !S_ISREG(state.st_mode) || end <= state.st_size) {
        return true;
    }
    std::string name(4096, '\0');
    const ssize_t length = readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), name.data(), name.size());
    name.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return name.rfind(std::string(folder) + "/", 0) != 0 || usedIn(folder) + (end - state.st_size) <= most;
}

int refused()
{
    errno = EDQUOT;
    return -1;
}

template <class F>
F next(const char *name)
{
    return reinterpret_cast<F>(dlsym(RTLD_NEXT, name)); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
}

} // namespace

extern "C" {

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return isRoomFor(file, offset + static_cast<off64_t>(count)) ? real(file, bytes, count, offset) : refused();
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset)
{
    return pwrite64(file, bytes, count, offset);
}

ssize_t write(int file, const void *bytes, size_t count)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t)>("write");
    const off_t at = lseek(file, 0, SEEK_CUR);
    return at < 0 || isRoomFor(file, at + static_cast<off_t>(count)) ? real(file, bytes, count) : refused();
}

int ftruncate64(int file, off64_t length) noexcept
{
    static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
    return isRoomFor(file, length) ? real(file, length) : refused();
}

int ftruncate(int file, off_t length) noexcept
{
    return ftruncate64(file, length);
}

int fallocate64(int file, int mode, off64_t offset, off64_t length)
{
    static const auto real = next<int (*)(int, int, off64_t, off64_t)>("fallocate64");
    return isRoomFor(file, offset + length) ? real(file, mode, offset, length) : refused();
}

int fallocate(int file, int mode, off_t offset, off_t length)
{
    return fallocate64(file, mode, offset, length);
}
}

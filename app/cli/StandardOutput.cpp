// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/StandardOutput.h"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace octotrail::cli {

StandardOutput::StandardOutput()
{
    open(QIODevice::WriteOnly | QIODevice::Unbuffered);
}

bool StandardOutput::print(std::string_view bytes)
{
    const auto size = static_cast<qint64>(bytes.size());
    return write(bytes.data(), size) == size;
}

qint64 StandardOutput::readData(char * /*data*/, qint64 /*maxSize*/)
{
    return -1;
}

qint64 StandardOutput::writeData(const char *data, qint64 size)
{
    qint64 written = 0;
    while (written < size) {
        const ssize_t count = ::write(STDOUT_FILENO, data + written, static_cast<std::size_t>(size - written));
        if (count >= 0) {
            written += count;
        } else if (errno == EAGAIN) {
            // A pipe that its other owner made non-blocking.
            pollfd entry{STDOUT_FILENO, POLLOUT, 0};
            ::poll(&entry, 1, -1);
        } else if (errno != EINTR) {
            m_isAbandoned = errno == EPIPE;
            setErrorString(qt_error_string(errno));
            return -1;
        }
    }
    return written;
}

} // namespace octotrail::cli

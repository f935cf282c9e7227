// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ByteSource.h"

#include <QFile>
#include <QObject>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

constexpr std::size_t pieceSize = std::size_t{1} << 20;
/// How long a request to stop may wait for a pipe that gives nothing.
constexpr int pollMilliseconds = 100;

tl::unexpected<event::Error> openFailure(const QString &name, int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return failure(ErrorKind::InvalidInput, QObject::tr("There is no file %1.").arg(name));
    case EACCES:
    case EPERM:
        return failure(
            ErrorKind::InvalidInput, QObject::tr("The file %1 may not be read: check its permissions.").arg(name));
    default:
        return failure(ErrorKind::InvalidInput,
            QObject::tr("The file %1 cannot be opened: %2.").arg(name, qt_error_string(error)));
    }
}

} // namespace

ByteSource::ByteSource(int descriptor, bool owned, QString caption)
    : m_descriptor(descriptor)
    , m_owned(owned)
    , m_caption(std::move(caption))
    , m_buffer(std::make_unique_for_overwrite<char[]>(pieceSize))
{ }

ByteSource::~ByteSource()
{
    if (m_owned) {
        ::close(m_descriptor);
    }
}

event::Result<std::unique_ptr<ByteSource>> ByteSource::open(const QString &name)
{
    const bool standardInput = name == QLatin1String("-");
    const int descriptor
        = standardInput ? STDIN_FILENO : ::open(QFile::encodeName(name).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return openFailure(name, errno);
    }
    std::unique_ptr<ByteSource> source(
        new ByteSource(descriptor, !standardInput, standardInput ? QObject::tr("standard input") : name));
    struct stat status
    {
    };
    if (::fstat(descriptor, &status) != 0) {
        return openFailure(source->m_caption, errno);
    }
    if (S_ISDIR(status.st_mode)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("%1 is a folder: name the files that are in it.").arg(source->m_caption));
    }
    if (S_ISREG(status.st_mode)) {
        source->m_mayBlock = false;
        source->m_size = static_cast<qint64>(status.st_size);
        ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    return source;
}

event::Result<std::string_view> ByteSource::read(const std::stop_token &stop)
{
    while (true) {
        if (stop.stop_requested()) {
            return failure(ErrorKind::Cancelled, QObject::tr("Stopped."));
        }
        if (m_mayBlock) {
            pollfd entry{m_descriptor, POLLIN, 0};
            const int ready = ::poll(&entry, 1, pollMilliseconds);
            if (ready == 0 || (ready < 0 && errno == EINTR)) {
                continue;
            }
        }
        const ssize_t count = ::read(m_descriptor, m_buffer.get(), pieceSize);
        if (count >= 0) {
            m_position += count;
            return std::string_view(m_buffer.get(), static_cast<std::size_t>(count));
        }
        if (errno != EINTR && errno != EAGAIN) {
            return failure(
                ErrorKind::Storage, QObject::tr("%1 cannot be read on: %2.").arg(m_caption, qt_error_string(errno)));
        }
    }
}

} // namespace octotrail::exchange

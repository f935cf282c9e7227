// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/ReplayFile.h"

#include <QCoreApplication>
#include <cstring>

namespace octotrail::simulator {

using event::ErrorKind;
using event::failure;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("octotrail::simulator::ReplayFile", text);
}

std::string_view trimmed(std::string_view line)
{
    constexpr std::string_view space = " \t\r";
    const auto first = line.find_first_not_of(space);
    return first == std::string_view::npos ? std::string_view()
                                           : line.substr(first, line.find_last_not_of(space) - first + 1);
}

} // namespace

event::Result<std::unique_ptr<ReplayFile>> ReplayFile::open(const QString &path)
{
    std::unique_ptr<ReplayFile> replay(new ReplayFile(path));
    if (!replay->m_file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::InvalidInput, tr("%1 cannot be read: %2.").arg(path, replay->m_file.errorString()));
    }
    const qint64 size = replay->m_file.size();
    if (size == 0) {
        return replay;
    }
    const uchar *mapped = replay->m_file.map(0, size);
    if (!mapped) {
        return failure(ErrorKind::InvalidInput,
            tr("%1 cannot be mapped into memory: %2. Give a regular file.").arg(path, replay->m_file.errorString()));
    }
    const char *at = reinterpret_cast<const char *>(mapped);
    const char *const end = at + size;
    for (qint64 number = 1; at < end; ++number) {
        const auto *newline = static_cast<const char *>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
        const char *lineEnd = newline ? newline : end;
        const std::string_view line = trimmed({at, static_cast<std::size_t>(lineEnd - at)});
        at = lineEnd + 1;
        if (line.empty()) {
            continue;
        }
        if (line.front() != '{' || line.back() != '}') {
            return failure(ErrorKind::InvalidInput,
                tr("Line %1 of %2 is no JSON object. The file must be NDJSON: one event a line.")
                    .arg(number)
                    .arg(path));
        }
        replay->m_lines.push_back(line);
    }
    return replay;
}

} // namespace octotrail::simulator

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Console.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace octotrail::cli {

namespace {

void put(QString text, const char *before, const char *after)
{
    std::replace_if(
        text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; },
        QChar(QChar::ReplacementCharacter));
    const QByteArray bytes = before + text.toUtf8() + after;
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace

void tell(const QString &line)
{
    put(line, "", "\n");
}

void tell(const event::Error &error)
{
    tell(error.sentence);
}

ProgressLine::ProgressLine()
    : m_isTerminal(::isatty(STDERR_FILENO) != 0)
{ }

ProgressLine::~ProgressLine()
{
    wipe();
}

void ProgressLine::show(const QString &text)
{
    if (m_isTerminal) {
        m_isShown = true;
        put(text, "\r", "\x1b[K");
    }
}

void ProgressLine::wipe()
{
    if (m_isShown) {
        m_isShown = false;
        put({}, "\r", "\x1b[K");
    }
}

} // namespace octotrail::cli

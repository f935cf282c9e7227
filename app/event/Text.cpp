// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Text.h"

#include <QChar>
#include <QList>
#include <QString>
#include <array>

namespace octotrail::event {

std::string foldCase(std::string_view utf8)
{
    std::string folded(utf8);
    bool ascii = true;
    for (char &c : folded) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c + ('a' - 'A'));
        }
        ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    }
    if (ascii) {
        return folded;
    }
    const auto codePoints = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toUcs4();
    QString lower;
    lower.reserve(codePoints.size());
    for (const uint c : codePoints) {
        lower.append(QString::fromUcs4(std::array{static_cast<char32_t>(QChar::toLower(c))}.data(), 1));
    }
    return lower.toStdString();
}

std::string toValidUtf8(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())).toStdString();
}

} // namespace octotrail::event

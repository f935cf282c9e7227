// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/Base64Url.h"

#include <QRandomGenerator>
#include <algorithm>

namespace octotrail::jose {

namespace {

constexpr auto options
    = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors;

bool isOfTheAlphabet(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

} // namespace

QByteArray toBase64Url(const QByteArray &bytes)
{
    return bytes.toBase64(options);
}

std::optional<QByteArray> fromBase64Url(const QByteArray &text)
{
    if (!std::all_of(text.begin(), text.end(), isOfTheAlphabet) || text.size() % 4 == 1) {
        return std::nullopt;
    }
    const auto decoded = QByteArray::fromBase64Encoding(text, options);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

QByteArray randomText(int bytes)
{
    QByteArray noise(bytes, '\0');
    std::generate(
        noise.begin(), noise.end(), [] { return static_cast<char>(QRandomGenerator::system()->generate() & 0xffU); });
    return toBase64Url(noise);
}

} // namespace octotrail::jose

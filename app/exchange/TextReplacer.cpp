// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TextReplacer.h"

#include <algorithm>

namespace octotrail::exchange {

namespace {

constexpr qsizetype longBeginning = 4;
constexpr qsizetype shortBeginning = 2;

quint64 beginning(QStringView text, qsizetype at, qsizetype length)
{
    quint64 key = 0;
    for (qsizetype i = 0; i < length; ++i) {
        key = (key << 16U) | text[at + i].unicode();
    }
    return key;
}

std::size_t hashOfTwo(QStringView text, qsizetype at)
{
    return (text[at].unicode() * 31U + text[at + 1].unicode()) & 0xffffU;
}

std::u16string_view view(QStringView text)
{
    return {text.utf16(), static_cast<std::size_t>(text.size())};
}

bool isPlain(QStringView value)
{
    return std::ranges::all_of(value, [](QChar c) { return c.unicode() < 0x80 && c != u'@'; });
}

bool touches(QChar inside, QChar outside)
{
    return inside.isLetterOrNumber() && outside.isLetterOrNumber();
}

QString toText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

TextReplacer::TextReplacer(std::function<std::string(std::string_view)> make)
    : m_make(std::move(make))
{ }

QString TextReplacer::folded(QStringView text)
{
    QString result = text.toString();
    for (QChar &c : result) {
        c = c.toCaseFolded();
    }
    return result;
}

void TextReplacer::add(std::string_view value)
{
    QString key = folded(toText(value).trimmed());
    if (key.size() < shortBeginning || m_values.contains(view(key))) {
        return;
    }
    m_keys.push_back(std::move(key));
    const QString &kept = m_keys.back();
    m_values.emplace(view(kept), m_make(value));
    const bool isLong = kept.size() >= longBeginning;
    Lengths &lengths = (isLong ? m_long : m_short)[beginning(kept, 0, isLong ? longBeginning : shortBeginning)];
    const auto place = std::ranges::lower_bound(lengths, kept.size(), std::greater());
    if (place == lengths.end() || *place != kept.size()) {
        lengths.insert(place, kept.size());
    }
    m_begin.set(hashOfTwo(kept, 0));
}

bool TextReplacer::contains(std::string_view value) const
{
    return m_values.contains(view(folded(toText(value).trimmed())));
}

qsizetype TextReplacer::longestOf(const Lengths &lengths, QStringView text, qsizetype at) const
{
    for (const qsizetype length : lengths) {
        if (at + length > text.size()) {
            continue;
        }
        const QStringView candidate = text.sliced(at, length);
        if (!m_values.contains(view(candidate))) {
            continue;
        }
        const bool isApart = (at == 0 || !touches(candidate.front(), text[at - 1]))
            && (at + length == text.size() || !touches(candidate.back(), text[at + length]));
        if (isApart || !isPlain(candidate)) {
            return length;
        }
    }
    return 0;
}

qsizetype TextReplacer::longestAt(QStringView text, qsizetype at) const
{
    if (at + shortBeginning > text.size() || !m_begin.test(hashOfTwo(text, at))) {
        return 0;
    }
    if (at + longBeginning <= text.size()) {
        if (const auto found = m_long.find(beginning(text, at, longBeginning)); found != m_long.end()) {
            if (const qsizetype length = longestOf(found->second, text, at); length > 0) {
                return length;
            }
        }
    }
    const auto found = m_short.find(beginning(text, at, shortBeginning));
    return found == m_short.end() ? 0 : longestOf(found->second, text, at);
}

std::string TextReplacer::replaced(std::string_view text) const
{
    if (m_values.empty() || text.size() < static_cast<std::size_t>(shortBeginning)) {
        return std::string(text);
    }
    const QString original = toText(text);
    const QString searched = folded(original);
    QString result;
    qsizetype copied = 0;
    for (qsizetype at = 0; at < searched.size();) {
        const qsizetype length = longestAt(searched, at);
        if (length == 0) {
            ++at;
            continue;
        }
        result += QStringView(original).sliced(copied, at - copied);
        result += toText(m_values.at(view(QStringView(searched).sliced(at, length))));
        at += length;
        copied = at;
    }
    if (copied == 0) {
        return std::string(text);
    }
    result += QStringView(original).sliced(copied);
    return result.toStdString();
}

} // namespace octotrail::exchange

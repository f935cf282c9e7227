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

std::size_t hashOfLong(quint64 beginning)
{
    constexpr quint64 spread = 0x9e3779b97f4a7c15U;
    return (beginning * spread) >> 44U;
}

std::size_t hashOfShort(quint64 beginning)
{
    return ((beginning >> 16U) * 31U + beginning) & 0xffffU;
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
    const quint64 begin = beginning(kept, 0, isLong ? longBeginning : shortBeginning);
    Lengths &lengths = (isLong ? m_long : m_short)[begin];
    const auto place = std::ranges::lower_bound(lengths, kept.size(), std::greater());
    if (place == lengths.end() || *place != kept.size()) {
        lengths.insert(place, kept.size());
    }
    if (isLong) {
        m_longBegins[hashOfLong(begin)] = true;
    } else {
        m_shortBegins.set(hashOfShort(begin));
    }
}

bool TextReplacer::contains(std::string_view value) const
{
    return mayHold(value) && m_values.contains(view(folded(toText(value).trimmed())));
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
    if (at + longBeginning <= text.size()) {
        const quint64 begin = beginning(text, at, longBeginning);
        const auto found = m_longBegins[hashOfLong(begin)] ? m_long.find(begin) : m_long.end();
        if (found != m_long.end()) {
            if (const qsizetype length = longestOf(found->second, text, at); length > 0) {
                return length;
            }
        }
    }
    if (m_short.empty() || at + shortBeginning > text.size()) {
        return 0;
    }
    const quint64 begin = beginning(text, at, shortBeginning);
    const auto found = m_shortBegins.test(hashOfShort(begin)) ? m_short.find(begin) : m_short.end();
    return found == m_short.end() ? 0 : longestOf(found->second, text, at);
}

bool TextReplacer::mayHold(std::string_view text) const
{
    constexpr quint64 two = 0xffffffff;
    quint64 last = 0; // four code units
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x80) {
            return true;
        }
        last = (last << 16U) | (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        if ((i + 1 >= longBeginning && m_longBegins[hashOfLong(last)])
            || (i + 1 >= shortBeginning && !m_short.empty() && m_shortBegins.test(hashOfShort(last & two)))) {
            return true;
        }
    }
    return false;
}

std::string TextReplacer::replaced(std::string_view text) const
{
    if (m_values.empty() || text.size() < static_cast<std::size_t>(shortBeginning) || !mayHold(text)) {
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

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Link.h"

namespace octotrail::okta {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// A cursor over the header, in the grammar of RFC 8288 section 3.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text)
        : m_text(text)
    { }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    void skipSpace()
    {
        while (!atEnd() && isSpace(peek())) {
            ++m_at;
        }
    }

    bool take(char c)
    {
        if (peek() != c || atEnd()) {
            return false;
        }
        ++m_at;
        return true;
    }

    /// To the next link: behind the next comma that is in no quotes, or the next line.
    void skipLink()
    {
        while (!atEnd()) {
            if (peek() == '"') {
                quotedString();
            } else if (peek() == ',' || peek() == '\n') {
                ++m_at;
                return;
            } else {
                ++m_at;
            }
        }
    }

    std::optional<QByteArray> bracketed()
    {
        if (!take('<')) {
            return std::nullopt;
        }
        const auto close = m_text.sliced(m_at).indexOf('>');
        if (close < 0) {
            m_at = m_text.size();
            return std::nullopt;
        }
        const QByteArray inside = m_text.sliced(m_at, close).toByteArray();
        m_at += close + 1;
        return inside;
    }

    QByteArray token()
    {
        const auto start = m_at;
        while (!atEnd() && !isSpace(peek()) && peek() != ';' && peek() != ',' && peek() != '=' && peek() != '"') {
            ++m_at;
        }
        return m_text.sliced(start, m_at - start).toByteArray();
    }

    QByteArray value() { return peek() == '"' ? quotedString() : token(); }

private:
    QByteArray quotedString()
    {
        QByteArray text;
        ++m_at;
        while (!atEnd() && peek() != '"') {
            if (peek() == '\\' && m_at + 1 < m_text.size()) {
                ++m_at;
            }
            text += peek();
            ++m_at;
        }
        take('"');
        return text;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

/// The parameters behind a target; of rel only the first one counts (RFC 8288 section 3.3).
QList<QByteArray> readRelations(Scanner &scanner)
{
    std::optional<QList<QByteArray>> relations;
    scanner.skipSpace();
    while (scanner.take(';')) {
        scanner.skipSpace();
        const QByteArray name = scanner.token().toLower();
        scanner.skipSpace();
        QByteArray value;
        if (scanner.take('=')) {
            scanner.skipSpace();
            value = scanner.value();
        }
        if (name == "rel" && !relations) {
            relations = value.toLower().simplified().split(' ');
        }
        scanner.skipSpace();
    }
    return relations.value_or(QList<QByteArray>{});
}

} // namespace

QList<Link> parseLinks(QByteArrayView header)
{
    QList<Link> links;
    Scanner scanner(header);
    scanner.skipSpace();
    while (!scanner.atEnd()) {
        if (auto target = scanner.bracketed()) {
            links.append({*target, readRelations(scanner)});
        }
        // A line feed between two links was skipped as white space: only go on to a comma if no link starts here.
        scanner.skipSpace();
        if (scanner.peek() != '<') {
            scanner.skipLink();
            scanner.skipSpace();
        }
    }
    return links;
}

std::optional<QByteArray> linkTo(QByteArrayView relation, QByteArrayView header)
{
    for (const Link &link : parseLinks(header)) {
        if (link.relations.contains(relation)) {
            return link.target;
        }
    }
    return std::nullopt;
}

} // namespace octotrail::okta

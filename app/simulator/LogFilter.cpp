// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/LogFilter.h"

#include "event/Text.h"

#include <QStringList>
#include <algorithm>
#include <array>

namespace octotrail::simulator {

using filter::Operator;

namespace {

constexpr int maxKeywords = 10;
constexpr qsizetype maxKeywordLength = 40;
constexpr std::array<std::string_view, 17> attributes{"uuid", "published", "eventType", "event_type", "version",
    "severity", "displayMessage", "legacyEventType", "actor", "target", "client", "device", "authenticationContext",
    "outcome", "request", "securityContext", "transaction"};

Reply invalidFilter(const QByteArray &expression, const QByteArray &why)
{
    return errorReply(400, "E0000053", "Invalid filter '" + expression + "': " + why);
}

/// Okta's own restrictions, in the words that the documentation uses for them.
class Restrictions
{
public:
    explicit Restrictions(QByteArray expression)
        : m_expression(std::move(expression))
    { }

    std::optional<Reply> check(const filter::Node &node) const
    {
        return std::visit([this](const auto &value) { return checkValue(value); }, node.value);
    }

private:
    std::optional<Reply> checkValue(const filter::Comparison &comparison) const
    {
        const std::string path = comparison.path.toString();
        const std::string &root = comparison.path.segments().front();
        const QByteArray name = QByteArray::fromStdString(path);
        if (comparison.op == Operator::In || comparison.op == Operator::Re || comparison.op == Operator::Cidr) {
            return invalidFilter(m_expression, "Unrecognized attribute operator. Expected: eq,co,sw,pr,gt,ge,lt,le");
        }
        if (root == "published") {
            return errorReply(400, "E0000053",
                "Invalid parameter: published is not allowed in a filter. Use the since, until and after parameters.");
        }
        if (std::ranges::find(attributes, root) == attributes.end() && root != "debugContext") {
            return invalidFilter(m_expression, "The field '" + name + "' is not valid.");
        }
        if (path.starts_with("target.changeDetails")) {
            return invalidFilter(m_expression, "The field '" + name + "' cannot be queried.");
        }
        if (comparison.op == Operator::Co
            && (path == "debugContext.debugData.url" || path == "debugContext.debugData.requestUri")) {
            return errorReply(400, "E0000031", "Invalid search criteria.",
                {"The operator co is not supported for the field '" + name + "'."});
        }
        return std::nullopt;
    }
    std::optional<Reply> checkValue(const filter::ElementMatch &) const
    {
        return invalidFilter(m_expression, "Value paths in square brackets are not supported.");
    }
    std::optional<Reply> checkValue(const filter::And &both) const { return checkAll(both.terms); }
    std::optional<Reply> checkValue(const filter::Or &either) const { return checkAll(either.terms); }
    std::optional<Reply> checkValue(const filter::Not &negation) const { return check(*negation.term); }

    std::optional<Reply> checkAll(const std::vector<filter::NodePtr> &terms) const
    {
        for (const filter::NodePtr &term : terms) {
            if (auto refused = check(*term)) {
                return refused;
            }
        }
        return std::nullopt;
    }

    QByteArray m_expression;
};

/// Whether the keyword is the whole text or one of its tokens: between spaces, or between hyphens.
bool hasToken(std::string_view text, std::string_view keyword)
{
    for (auto at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
        const auto isEdge = [&](std::size_t position) {
            return std::string_view(" -,;\t\n()/").find(text[position]) != std::string_view::npos;
        };
        const auto end = at + keyword.size();
        if ((at == 0 || isEdge(at - 1)) && (end == text.size() || isEdge(end))) {
            return true;
        }
    }
    return false;
}

} // namespace

tl::expected<LogFilter, Reply> LogFilter::make(const QString &expression, const QString &keywords)
{
    LogFilter result;
    if (!expression.trimmed().isEmpty()) {
        const QByteArray text = expression.toUtf8();
        const auto parsed = filter::parse({text.constData(), static_cast<std::size_t>(text.size())});
        if (!parsed) {
            return tl::unexpected(invalidFilter(text, parsed.error().sentence.toUtf8()));
        }
        if (parsed->root()) {
            if (auto refused = Restrictions(text).check(*parsed->root())) {
                return tl::unexpected(*refused);
            }
            result.m_matcher.emplace(*parsed);
        }
    }
    const QStringList words = keywords.split(u' ', Qt::SkipEmptyParts);
    if (words.size() > maxKeywords) {
        return tl::unexpected(errorReply(
            400, "E0000001", "Api validation failed: q", {"q: Freeform search cannot contain more than 10 items"}));
    }
    for (const QString &word : words) {
        if (word.size() > maxKeywordLength) {
            return tl::unexpected(errorReply(400, "E0000001", "Api validation failed: q",
                {"q: Freeform search cannot contain items longer than 40 characters"}));
        }
        result.m_keywords.push_back(event::foldCase(word.toStdString()));
    }
    return result;
}

bool LogFilter::matches(std::string_view line, event::EventReader &reader) const
{
    if (m_matcher && !m_matcher->matches(reader.read(std::string(line)))) {
        return false;
    }
    if (m_keywords.empty()) {
        return true;
    }
    std::vector<bool> found(m_keywords.size());
    event::visitTexts(line, [&](std::string_view value) {
        const std::string text = event::foldCase(value);
        for (std::size_t i = 0; i < m_keywords.size(); ++i) {
            found[i] = found[i] || hasToken(text, m_keywords[i]);
        }
        return std::ranges::find(found, false) != found.end();
    });
    return std::ranges::find(found, false) == found.end();
}

} // namespace octotrail::simulator

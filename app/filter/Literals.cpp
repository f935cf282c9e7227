// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Literals.h"

#include "event/Timestamp.h"
#include "filter/Network.h"
#include "filter/Numbers.h"
#include "filter/Operators.h"
#include "filter/Scanner.h"
#include "filter/Tree.h"

#include <QObject>
#include <cmath>
#include <re2/re2.h>

namespace octotrail::filter::literals {

namespace {

using event::FieldType;

bool isOrder(Operator op)
{
    return op == Operator::Gt || op == Operator::Ge || op == Operator::Lt || op == Operator::Le;
}

bool isForTextOnly(Operator op)
{
    return op == Operator::Co || op == Operator::Sw || op == Operator::Ew || op == Operator::Re || op == Operator::Cidr;
}

QString shownName(Operator op)
{
    return Scanner::shown(operators::name(op));
}

QString shownLiteral(const Literal &literal)
{
    if (const auto *text = std::get_if<std::string>(&literal)) {
        return Scanner::shown(*text);
    }
    if (const auto *number = std::get_if<Number>(&literal)) {
        return Scanner::shown(number->text);
    }
    if (const auto *truth = std::get_if<bool>(&literal)) {
        return *truth ? QStringLiteral("true") : QStringLiteral("false");
    }
    return QStringLiteral("null");
}

/// Why the field cannot be compared in this way, or empty.
QString defectOfOperator(const QString &path, FieldType type, Operator op)
{
    if (type == FieldType::Boolean && (isOrder(op) || isForTextOnly(op))) {
        return QObject::tr("%1 is true or false: compare it with eq or ne, not with %2.").arg(path, shownName(op));
    }
    if (!isForTextOnly(op)) {
        return {};
    }
    if (type == FieldType::Time) {
        return QObject::tr("%1 is a time: compare it with eq, ne, gt, ge, lt or le, not with %2.")
            .arg(path, shownName(op));
    }
    if (type == FieldType::Integer || type == FieldType::Number) {
        return QObject::tr("%1 is a number: compare it with eq, ne, gt, ge, lt, le or in, not with %2.")
            .arg(path, shownName(op));
    }
    return {};
}

QString misfit(const QString &path, FieldType type, const Literal &literal)
{
    switch (type) {
    case FieldType::Boolean:
        return QObject::tr("%1 is true or false, but \"%2\" is neither.").arg(path, shownLiteral(literal));
    case FieldType::Time:
        return QObject::tr("\"%2\" is no date: %1 needs a time such as \"2024-08-13T15:58:20Z\" or \"2024-08-13\".")
            .arg(path, shownLiteral(literal));
    case FieldType::Integer:
    case FieldType::Number:
        return QObject::tr("%1 is a number, but \"%2\" is none.").arg(path, shownLiteral(literal));
    case FieldType::Text:
        break;
    }
    return {};
}

/// Why the operator cannot use the literal, whatever the field, or empty.
QString defectOfLiteral(Operator op, const Literal &literal)
{
    const auto *text = std::get_if<std::string>(&literal);
    if (isForTextOnly(op)) {
        if (!text) {
            return QObject::tr("%1 compares text: write \"%2\" in quotes.").arg(shownName(op), shownLiteral(literal));
        }
        if (op == Operator::Re) {
            return defectOfRegex(*text);
        }
        if (op == Operator::Cidr && !Network::parse(*text)) {
            return QObject::tr(
                "\"%1\" is no network: write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32.")
                .arg(shownLiteral(literal));
        }
    }
    if (isOrder(op) && !text && !std::holds_alternative<Number>(literal)) {
        return QObject::tr("%1 compares text or numbers: %2 can only be compared with eq or ne.")
            .arg(shownName(op), shownLiteral(literal));
    }
    return {};
}

} // namespace

std::optional<Literal> fitted(const Literal &literal, FieldType type)
{
    if (std::holds_alternative<std::nullptr_t>(literal) || type == FieldType::Text) {
        return literal;
    }
    const auto *text = std::get_if<std::string>(&literal);
    switch (type) {
    case FieldType::Boolean:
        if (std::holds_alternative<bool>(literal)) {
            return literal;
        }
        if (text && (operators::lower(*text) == "true" || operators::lower(*text) == "false")) {
            return operators::lower(*text) == "true";
        }
        return std::nullopt;
    case FieldType::Time:
        return text && event::parseTimestamp(*text) ? std::optional(literal) : std::nullopt;
    case FieldType::Integer:
    case FieldType::Number:
        if (std::holds_alternative<Number>(literal)) {
            return literal;
        }
        if (const auto value = text ? jsonNumber(*text) : std::nullopt; value && std::isfinite(*value)) {
            return Number{*value, *text};
        }
        return std::nullopt;
    case FieldType::Text:
        break;
    }
    return literal;
}

QString defectOfRegex(const std::string &pattern)
{
    RE2::Options options;
    options.set_log_errors(false);
    // Half of what Matcher and the store may use, so that what is accepted here is never too large there.
    options.set_max_mem(options.max_mem() / 2);
    const RE2 regex(pattern, options);
    if (regex.ok()) {
        return {};
    }
    return QObject::tr("The regular expression is not valid: %1.").arg(Scanner::shown(regex.error()));
}

std::optional<Literal> take(Scanner &scanner, Operator op)
{
    const auto offset = scanner.offset();
    const auto run = scanner.peekRun();
    if (run.empty() || run.front() == ')' || run.front() == ']' || run.front() == ',') {
        scanner.fail(offset, QObject::tr("A value is missing after \"%1\".").arg(Scanner::shown(operators::name(op))));
        return std::nullopt;
    }
    if (run.front() == '"') {
        auto text = scanner.takeString();
        return text ? std::optional<Literal>(std::move(*text)) : std::nullopt;
    }
    if (run.front() == '(') {
        scanner.fail(offset, QObject::tr("A list needs the operator \"in\", such as in (\"SUCCESS\", \"ALLOW\")."));
        return std::nullopt;
    }
    scanner.moveTo(offset + run.size());
    const auto word = operators::lower(run);
    if (word == "true" || word == "false") {
        return word == "true";
    }
    if (word == "null") {
        return nullptr;
    }
    if (isJsonNumber(run)) {
        const auto value = jsonNumber(run);
        if (value && std::isfinite(*value)) {
            return Number{*value, std::string(run)};
        }
        scanner.fail(offset, QObject::tr("The number %1 is too large.").arg(Scanner::shown(run)));
        return std::nullopt;
    }
    constexpr std::string_view quotes = "'`";
    const bool isQuoted = quotes.find(run.front()) != std::string_view::npos || run.starts_with("\xe2\x80\x9c")
        || run.starts_with("\xe2\x80\x98") || run.starts_with("\xc2\xab");
    scanner.fail(offset,
        isQuoted ? QObject::tr("Text stands in straight double quotes: \"…\".")
                 : QObject::tr("Text stands in double quotes: \"%1\".").arg(Scanner::shown(run)));
    return std::nullopt;
}

std::optional<Problem> check(Comparison &comparison)
{
    const bool isPart = comparison.reach != Reach::Anywhere && tree::timePart(comparison.path).has_value();
    const auto type = isPart ? FieldType::Integer
        : comparison.field   ? event::fields()[*comparison.field].type
                             : FieldType::Text;
    const QString path = Scanner::shown(comparison.path.toString());
    if (const QString defect = defectOfOperator(path, type, comparison.op); !defect.isEmpty()) {
        return Problem{defect, std::nullopt};
    }
    for (std::size_t i = 0; i < comparison.literals.size(); ++i) {
        Literal &literal = comparison.literals[i];
        if (const QString defect = defectOfLiteral(comparison.op, literal); !defect.isEmpty()) {
            return Problem{defect, i};
        }
        auto fit = fitted(literal, type);
        if (!fit) {
            return Problem{misfit(path, type, literal), i};
        }
        literal = std::move(*fit);
    }
    return std::nullopt;
}

} // namespace octotrail::filter::literals

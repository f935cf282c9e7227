// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Text.h"
#include "filter/Expression.h"
#include "filter/Operators.h"
#include "filter/Scanner.h"

#include <QLocale>
#include <QObject>
#include <algorithm>
#include <numeric>

namespace octotrail::filter {

namespace {

constexpr std::string_view space = " \t\r\n\f\v";

/// Whether a word is the path of a field, or at least looks like one and like nothing that is searched for.
bool isSurelyPath(std::string_view word)
{
    if (event::fieldByPath(word)) {
        return true;
    }
    const auto dot = word.find('.');
    const auto root = operators::lower(word.substr(0, dot));
    if (root == "target") {
        return true;
    }
    // A dotted name whose first part is the first part of a field; bob.jones and 10.0.0.1 are words.
    return dot != std::string_view::npos && std::ranges::any_of(event::fields(), [&](const event::Field &field) {
        const auto end = field.path.find('.');
        return end != std::string_view::npos && operators::lower(field.path.substr(0, end)) == root;
    });
}

bool isPathLike(std::string_view word)
{
    const auto isCharacter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
            || c == '$' || c == '.';
    };
    return !word.empty() && std::ranges::all_of(word, isCharacter);
}

/// Whether the rest begins as a literal does.
bool isLiteralNext(std::string_view rest)
{
    Scanner scanner(rest);
    scanner.skipSpace();
    const auto run = scanner.peekRun();
    if (run.empty()) {
        return false;
    }
    const auto word = operators::lower(run);
    return std::string_view("\"'(-0123456789").find(run.front()) != std::string_view::npos || word == "true"
        || word == "false" || word == "null";
}

/// Whether an operator behind a word that need not be a path is one, and not a word in some language or a part of
/// a company's name.
bool isSurelyOperator(Operator op, std::string_view rest)
{
    Scanner scanner(rest);
    scanner.skipSpace();
    switch (op) {
    case Operator::In:
        return scanner.isAt('(');
    case Operator::Re:
    case Operator::Co:
        return scanner.isAt('"') || scanner.isAt('\'');
    case Operator::Le:
    case Operator::Ne:
        return isLiteralNext(rest);
    case Operator::Pr:
        return false;
    default:
        return true;
    }
}

/// Whether text that is no expression was meant to be one.
bool isMeantAsExpression(std::string_view text)
{
    Scanner scanner(text);
    scanner.skipSpace();
    if (scanner.isAt('(')) {
        return true;
    }
    const auto run = scanner.peekRun();
    const auto first = run.substr(0, run.find_first_of("=!<>~"));
    scanner.moveTo(scanner.offset() + first.size());
    if (!isPathLike(first)) {
        return false;
    }
    if (scanner.isAt('[')) {
        return true;
    }
    scanner.skipSpace();
    if (operators::lower(first) == "not" && scanner.isAt('(')) {
        return true;
    }
    const auto op = scanner.peekOperator();
    if (op.empty()) {
        return false;
    }
    if (scanner.isAt('[')) {
        return isSurelyPath(first);
    }
    scanner.moveTo(scanner.offset() + op.size());
    if (const auto known = operators::fromName(op)) {
        return isSurelyPath(first) || isSurelyOperator(*known, scanner.rest());
    }
    // An operator that does not exist, for a field that does.
    return isSurelyPath(first) && (!operators::guess(op).empty() || isLiteralNext(scanner.rest()));
}

/// As QString counts: what is outside of the basic plane is two.
std::size_t charactersOf(std::string_view utf8)
{
    const auto size = [](std::size_t sum, char c) {
        const auto byte = static_cast<unsigned char>(c);
        return sum + (byte >= 0xF0 ? 2U : (byte & 0xC0U) == 0x80U ? 0U : 1U);
    };
    return std::accumulate(utf8.begin(), utf8.end(), std::size_t{0}, size);
}

} // namespace

std::vector<std::string> splitWords(std::string_view text)
{
    std::vector<std::string> words;
    while (true) {
        const auto start = text.find_first_not_of(space);
        if (start == std::string_view::npos) {
            return words;
        }
        text.remove_prefix(start);
        const bool isPhrase = text.front() == '"';
        if (isPhrase) {
            text.remove_prefix(1);
        }
        const auto end = std::min(isPhrase ? text.find('"') : text.find_first_of(space), text.size());
        // A phrase of white space only is no word: it would match nearly everything.
        if (text.substr(0, end).find_first_not_of(space) != std::string_view::npos) {
            words.push_back(event::toValidUtf8(text.substr(0, end)));
        }
        text.remove_prefix(std::min(end + (isPhrase ? 1 : 0), text.size()));
    }
}

event::Result<Input> parseInput(std::string_view text, Schema schema)
{
    const std::string valid = event::toValidUtf8(text);
    if (charactersOf(valid) > longestInput) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("This is longer than the %1 characters that a filter may have: look for fewer values at once.")
                .arg(QLocale().toString(static_cast<qulonglong>(longestInput))));
    }
    auto expression = parse(valid, schema);
    if (expression) {
        return Input{std::move(*expression), {}};
    }
    if (isMeantAsExpression(valid)) {
        return tl::unexpected(expression.error());
    }
    auto words = splitWords(valid);
    if (words.empty()) {
        return tl::unexpected(expression.error()); // nothing but quotes and the like
    }
    return Input{{}, std::move(words)};
}

} // namespace octotrail::filter

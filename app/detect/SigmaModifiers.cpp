// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaModifiers.h"

#include "filter/Operators.h"
#include "filter/Tree.h"

#include <QByteArray>
#include <QObject>
#include <QStringEncoder>
#include <algorithm>
#include <array>

namespace octotrail::detect {

namespace {

using Test = SigmaModifiers::Test;
using Change = SigmaModifiers::Change;

/// More alternatives than that no rule needs, and windash on a text of dashes would have more than memory holds.
constexpr std::size_t maxAlternatives = 1000;

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 100)));
}

std::optional<Test> testNamed(std::string_view name)
{
    constexpr auto names = std::to_array<std::pair<std::string_view, Test>>(
        {{"contains", Test::Contains}, {"startswith", Test::StartsWith}, {"endswith", Test::EndsWith},
            {"exists", Test::Exists}, {"re", Test::Regex}, {"cidr", Test::Cidr}, {"fieldref", Test::FieldRef}});
    const auto it = std::ranges::find(names, name, &std::pair<std::string_view, Test>::first);
    return it == names.end() ? std::nullopt : std::optional(it->second);
}

std::optional<filter::Operator> orderNamed(std::string_view name)
{
    using filter::Operator;
    constexpr auto names = std::to_array<std::pair<std::string_view, Operator>>(
        {{"gt", Operator::Gt}, {"gte", Operator::Ge}, {"lt", Operator::Lt}, {"lte", Operator::Le}});
    const auto it = std::ranges::find(names, name, &std::pair<std::string_view, Operator>::first);
    return it == names.end() ? std::nullopt : std::optional(it->second);
}

std::optional<Change> changeNamed(std::string_view name)
{
    constexpr auto names = std::to_array<std::pair<std::string_view, Change>>(
        {{"base64", Change::Base64}, {"base64offset", Change::Base64Offset}, {"wide", Change::Utf16Le},
            {"utf16le", Change::Utf16Le}, {"utf16be", Change::Utf16Be}, {"utf16", Change::Utf16WithMark},
            {"windash", Change::Windash}, {"expand", Change::Expand}});
    const auto it = std::ranges::find(names, name, &std::pair<std::string_view, Change>::first);
    return it == names.end() ? std::nullopt : std::optional(it->second);
}

bool isPartOfText(Test test)
{
    return test == Test::Contains || test == Test::StartsWith || test == Test::EndsWith;
}

/// Takes a test into what is known so far; false if they do not go together.
bool combine(SigmaModifiers &modifiers, Test test)
{
    if (test == Test::FieldRef) {
        modifiers.fieldRef = true;
        if (isPartOfText(modifiers.test)) {
            return true;
        }
    } else if (isPartOfText(test) && modifiers.test == Test::FieldRef) {
        modifiers.test = test;
        return true;
    }
    if (modifiers.test != Test::Text) {
        return false;
    }
    modifiers.test = test;
    return true;
}

QString defectOf(const SigmaModifiers &modifiers)
{
    const bool isOfText = modifiers.test == Test::Text || isPartOfText(modifiers.test);
    if (modifiers.cased && (!isOfText || modifiers.fieldRef)) {
        return QObject::tr("The modifier cased goes with text only.");
    }
    const auto isExpand = [](Change change) { return change == Change::Expand; };
    if (!std::ranges::all_of(modifiers.changes, isExpand) && (!isOfText || modifiers.fieldRef)) {
        return QObject::tr(
            "Modifiers that change text, such as base64 or windash, go with no re, cidr, exists, fieldref "
            "or comparison of numbers.");
    }
    if (!modifiers.timePart.empty() && modifiers.test != Test::Text && modifiers.test != Test::Order) {
        return QObject::tr("The modifier %1 makes a number: it is compared with gt, gte, lt, lte or as it is.")
            .arg(shown(modifiers.timePart));
    }
    return {};
}

QByteArray utf16(const std::string &text, Change change)
{
    const auto encoding = change == Change::Utf16Be ? QStringConverter::Utf16BE : QStringConverter::Utf16LE;
    QStringEncoder encoder(encoding, QStringConverter::Flag::Default);
    QByteArray bytes = encoder.encode(QString::fromStdString(text));
    return change == Change::Utf16WithMark ? QByteArray("\xff\xfe") + bytes : bytes;
}

/// The base64 of the text wherever it stands in what was encoded: what depends on its neighbours is cut off.
std::vector<std::string> base64AtOffsets(const std::string &text)
{
    constexpr std::array<qsizetype, 3> starts{0, 2, 3};
    constexpr std::array<qsizetype, 3> ends{0, 3, 2};
    std::vector<std::string> all;
    for (int offset = 0; offset < 3; ++offset) {
        const QByteArray bytes = QByteArray(offset, ' ') + QByteArray::fromStdString(text);
        const QByteArray encoded = bytes.toBase64();
        const qsizetype start = starts[static_cast<std::size_t>(offset)];
        const qsizetype cut = ends[static_cast<std::size_t>(bytes.size() % 3)];
        all.push_back(encoded.mid(start, encoded.size() - start - cut).toStdString());
    }
    return all;
}

/// Every dash that begins an option, as any of the characters that Windows takes for one.
std::vector<std::string> withDashes(const std::string &text)
{
    constexpr std::array<std::string_view, 5> dashes{"-", "/", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95"};
    std::vector<std::string> all{std::string()};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool atStart = i == 0 || text[i - 1] == ' ' || text[i - 1] == '"' || text[i - 1] == '\'';
        const bool isDash = (text[i] == '-' || text[i] == '/') && atStart;
        if (!isDash || all.size() * dashes.size() > maxAlternatives) {
            for (std::string &one : all) {
                one += text[i];
            }
            continue;
        }
        std::vector<std::string> more;
        for (const std::string &one : all) {
            for (const auto dash : dashes) {
                more.push_back(one + std::string(dash));
            }
        }
        all = std::move(more);
    }
    return all;
}

/// The text with every %name% replaced by each of its values.
Checked<std::vector<std::string>> expanded(const std::string &text, int line, const Placeholders &known)
{
    const auto open = text.find('%');
    const auto close = open == std::string::npos ? open : text.find('%', open + 1);
    if (close == std::string::npos) {
        return std::vector<std::string>{text};
    }
    const std::string name = text.substr(open + 1, close - open - 1);
    const auto values = known.find(name);
    if (values == known.end()) {
        return problem(line,
            QObject::tr("There are no values for the placeholder %%1%: give them in a file placeholders.yml beside the "
                        "rule.")
                .arg(shown(name)));
    }
    const auto rest = expanded(text.substr(close + 1), line, known);
    if (!rest) {
        return rest;
    }
    std::vector<std::string> all;
    for (const std::string &value : values->second) {
        for (const std::string &tail : *rest) {
            all.push_back(text.substr(0, open) + value + tail);
            if (all.size() > maxAlternatives) {
                return problem(line, QObject::tr("The placeholders have too many values together."));
            }
        }
    }
    return all;
}

} // namespace

Checked<SigmaModifiers> SigmaModifiers::parse(std::string_view text, int line)
{
    SigmaModifiers modifiers;
    while (!text.empty()) {
        const auto end = std::min(text.find('|'), text.size());
        const std::string name = filter::operators::lower(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto test = testNamed(name);
        const auto order = orderNamed(name);
        const auto change = changeNamed(name);
        const bool isFlag = modifiers.test == Test::Regex && (name == "i" || name == "m" || name == "s");
        const auto &parts = filter::tree::timePartNames;
        bool goesTogether = true;
        if (test || order) {
            goesTogether = combine(modifiers, test.value_or(Test::Order));
            modifiers.order = order.value_or(modifiers.order);
        } else if (change) {
            modifiers.changes.push_back(*change);
        } else if (name == "all") {
            modifiers.all = true;
        } else if (name == "cased") {
            modifiers.cased = true;
        } else if (name == "neq") {
            modifiers.neq = true;
        } else if (isFlag) {
            modifiers.regexFlags += name;
        } else if (std::ranges::find(parts, name) != parts.end() && modifiers.timePart.empty()) {
            modifiers.timePart = name;
        } else {
            return problem(line, QObject::tr("Unknown modifier \"%1\".").arg(shown(name)));
        }
        if (!goesTogether) {
            return problem(
                line, QObject::tr("The modifier \"%1\" does not go with the one before it.").arg(shown(name)));
        }
    }
    if (const QString defect = defectOf(modifiers); !defect.isEmpty()) {
        return problem(line, defect);
    }
    return modifiers;
}

Checked<std::vector<SigmaText>> SigmaModifiers::changed(
    const std::string &written, int line, const Placeholders &known) const
{
    std::vector<std::string> texts{written};
    bool isPlain = false; // whether there are no wildcards in it any more
    for (const Change change : changes) {
        std::vector<std::string> next;
        for (const std::string &text : texts) {
            const bool keepsWildcards = change == Change::Windash || change == Change::Expand;
            const SigmaText parsed = isPlain ? SigmaText::literal(text) : SigmaText::parse(text);
            if (!keepsWildcards && parsed.hasWildcards()) {
                return problem(line, QObject::tr("Wildcards cannot be encoded: escape them, or leave them out."));
            }
            const std::string plain = parsed.plain();
            std::vector<std::string> results;
            if (change == Change::Base64) {
                results.push_back(QByteArray::fromStdString(plain).toBase64().toStdString());
            } else if (change == Change::Base64Offset) {
                results = base64AtOffsets(plain);
            } else if (change == Change::Windash) {
                results = withDashes(text);
            } else if (change == Change::Expand) {
                auto every = expanded(text, line, known);
                if (!every) {
                    return tl::unexpected(every.error());
                }
                results = std::move(*every);
            } else {
                results.push_back(utf16(plain, change).toStdString());
            }
            next.insert(next.end(), results.begin(), results.end());
        }
        isPlain = isPlain || (change != Change::Windash && change != Change::Expand);
        texts = std::move(next);
        if (texts.size() > maxAlternatives) {
            return problem(line, QObject::tr("The modifiers make too many values of this one."));
        }
    }
    std::vector<SigmaText> values;
    values.reserve(texts.size());
    for (std::string &text : texts) {
        values.push_back(isPlain ? SigmaText::literal(std::move(text)) : SigmaText::parse(text));
    }
    return values;
}

} // namespace octotrail::detect

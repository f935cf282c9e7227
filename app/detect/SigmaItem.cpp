// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaItem.h"

#include "detect/SigmaFields.h"
#include "detect/SigmaModifiers.h"
#include "event/Timestamp.h"
#include "filter/Literals.h"
#include "filter/Numbers.h"
#include "filter/Operators.h"
#include "filter/Tree.h"

#include <QObject>
#include <algorithm>
#include <cmath>

namespace octotrail::detect {

namespace {

using filter::Comparison;
using filter::NodePtr;
using filter::Operator;
using Test = SigmaModifiers::Test;
namespace tree = filter::tree;

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 100)));
}

class ItemCompiler
{
public:
    ItemCompiler(FieldName field, SigmaModifiers modifiers, const Placeholders &placeholders)
        : m_field(std::move(field))
        , m_modifiers(std::move(modifiers))
        , m_placeholders(placeholders)
    { }

    Checked<NodePtr> compile(const YamlNode &value, int line)
    {
        const bool isList = value.isSequence();
        if (value.isMap()) {
            return problem(value.line, QObject::tr("A field has a value or a list of values, not a map."));
        }
        if (isList && value.items.empty()) {
            return problem(line, QObject::tr("The list of values is empty."));
        }
        std::vector<NodePtr> terms;
        for (const YamlNode &one : isList ? value.items : std::vector<YamlNode>{value}) {
            if (one.isSequence() || one.isMap()) {
                return problem(one.line, QObject::tr("A list of values holds texts, numbers and null only."));
            }
            auto term = compileValue(one, one.line > 0 ? one.line : line);
            if (!term) {
                return term;
            }
            terms.push_back(std::move(*term));
        }
        NodePtr node = m_modifiers.all ? tree::make(filter::And{std::move(terms)}) : joined(std::move(terms));
        return m_modifiers.neq ? tree::make(filter::Not{std::move(node)}) : node;
    }

private:
    Comparison comparison(Operator op) const
    {
        Comparison result;
        result.path = m_field.path;
        result.reach = m_field.reach;
        result.op = op;
        if (m_field.reach != filter::Reach::Anywhere) {
            tree::recogniseField(result);
        }
        return result;
    }

    bool isTyped() const
    {
        const Comparison one = comparison(Operator::Eq);
        return tree::timePart(one.path).has_value()
            || (one.field && event::fields()[*one.field].type != event::FieldType::Text);
    }

    /// Whether there is a value at all, be it empty.
    NodePtr presence() const
    {
        if (isTyped()) {
            return tree::make(comparison(Operator::Pr)); // no value of these types is empty
        }
        Comparison any = comparison(Operator::Co);
        any.literals.emplace_back(std::string());
        return tree::make(std::move(any));
    }

    Checked<NodePtr> compileValue(const YamlNode &value, int line) const
    {
        if (value.isNull()) {
            if (m_modifiers.test != Test::Text || !m_modifiers.changes.empty() || isKeyword()) {
                return problem(line, QObject::tr("null goes with a field's name alone, without modifiers."));
            }
            return tree::make(filter::Not{presence()});
        }
        if (m_modifiers.fieldRef) {
            return compileReference(value.text, line);
        }
        switch (m_modifiers.test) {
        case Test::Exists:
            return compileExists(value.text, line);
        case Test::Order:
            return compileOrder(value.text, line);
        case Test::Regex:
        case Test::Cidr:
            return compilePattern(value.text, line);
        default:
            return compileText(value.text, line);
        }
    }

    bool isKeyword() const { return m_field.reach == filter::Reach::Anywhere; }

    Checked<NodePtr> compileText(const std::string &written, int line) const
    {
        const auto texts = m_modifiers.changed(written, line, m_placeholders);
        if (!texts) {
            return tl::unexpected(texts.error());
        }
        const Test test = m_modifiers.test;
        const bool isPart = test == Test::Contains || (isKeyword() && test == Test::Text);
        std::vector<NodePtr> terms;
        for (const SigmaText &text : *texts) {
            const SigmaText whole = text.open(isPart || test == Test::EndsWith, isPart || test == Test::StartsWith);
            SigmaText::Test made = whole.test(m_modifiers.cased);
            if (made.op == Operator::Re) {
                if (const QString defect = filter::literals::defectOfRegex(made.text); !defect.isEmpty()) {
                    return problem(line, defect);
                }
            }
            Comparison one = comparison(made.op);
            one.caseSensitive = m_modifiers.cased && made.op != Operator::Re;
            one.literals.emplace_back(std::move(made.text));
            terms.push_back(tree::make(std::move(one)));
        }
        return joined(std::move(terms));
    }

    Checked<NodePtr> compileExists(const std::string &written, int line) const
    {
        const std::string word = filter::operators::lower(written);
        if (isKeyword() || (word != "true" && word != "false")) {
            return problem(line, QObject::tr("The modifier exists goes with a field and true or false."));
        }
        return word == "true" ? presence() : tree::make(filter::Not{presence()});
    }

    Checked<NodePtr> compileOrder(const std::string &written, int line) const
    {
        Comparison one = comparison(m_modifiers.order);
        const auto number = filter::jsonNumber(written);
        const bool isTime = one.field && event::fields()[*one.field].type == event::FieldType::Time;
        if (isTime && event::parseTimestamp(written)) {
            one.literals.emplace_back(written);
        } else if (number && std::isfinite(*number) && !isTime) {
            one.literals.emplace_back(filter::Number{*number, written});
        } else {
            return problem(line,
                isTime ? QObject::tr("\"%1\" is no time such as 2024-08-13T15:58:20Z.").arg(shown(written))
                       : QObject::tr("\"%1\" is no number, which gt, gte, lt and lte need.").arg(shown(written)));
        }
        return checked(std::move(one), line);
    }

    Checked<NodePtr> compilePattern(const std::string &written, int line) const
    {
        std::vector<std::string> texts{written};
        if (!m_modifiers.changes.empty()) { // expand
            const auto changed = m_modifiers.changed(written, line, m_placeholders);
            if (!changed) {
                return tl::unexpected(changed.error());
            }
            texts.clear();
            for (const SigmaText &text : *changed) {
                texts.push_back(text.plain());
            }
        }
        const bool isRegex = m_modifiers.test == Test::Regex;
        std::vector<NodePtr> terms;
        for (const std::string &text : texts) {
            Comparison one = comparison(isRegex ? Operator::Re : Operator::Cidr);
            const std::string flags = m_modifiers.regexFlags.empty() ? "" : "(?" + m_modifiers.regexFlags + ")";
            one.literals.emplace_back(isRegex ? flags + text : text);
            // Typed fields are told as text here, as everything is in Sigma.
            Comparison asText = one;
            asText.field.reset();
            if (const auto defect = filter::literals::check(asText)) {
                return problem(line, defect->sentence);
            }
            terms.push_back(tree::make(std::move(one)));
        }
        return joined(std::move(terms));
    }

    Checked<NodePtr> compileReference(const std::string &written, int line) const
    {
        const auto other = sigmaField(written);
        if (!other || isKeyword()) {
            return problem(line, QObject::tr("fieldref compares two fields: \"%1\" is none.").arg(shown(written)));
        }
        const Test test = m_modifiers.test;
        Comparison one = comparison(test == Test::Contains ? Operator::Co
                : test == Test::StartsWith                 ? Operator::Sw
                : test == Test::EndsWith                   ? Operator::Ew
                                                           : Operator::Eq);
        one.other = other->path;
        if (other->reach == filter::Reach::AnyCase) {
            one.reach = filter::Reach::AnyCase;
        }
        return tree::make(std::move(one));
    }

    static Checked<NodePtr> checked(Comparison one, int line)
    {
        if (const auto defect = filter::literals::check(one)) {
            return problem(line, defect->sentence);
        }
        return tree::make(std::move(one));
    }

    /// Any of the terms. Equal comparisons of one field with several texts become one list.
    static NodePtr joined(std::vector<NodePtr> terms)
    {
        filter::Or any;
        std::optional<Comparison> list;
        const auto close = [&] {
            if (list) {
                tree::append(any, tree::make(std::move(*list)));
                list.reset();
            }
        };
        for (NodePtr &term : terms) {
            const auto *one = std::get_if<Comparison>(&term->value);
            const bool isEquality
                = one && (one->op == Operator::Eq || one->op == Operator::In) && !one->other.isValid();
            if (!isEquality) {
                close();
                tree::append(any, std::move(term));
            } else if (list && list->caseSensitive == one->caseSensitive) {
                list->op = Operator::In;
                list->literals.insert(list->literals.end(), one->literals.begin(), one->literals.end());
            } else {
                close();
                list = *one;
            }
        }
        close();
        return tree::make(std::move(any));
    }

    FieldName m_field;
    SigmaModifiers m_modifiers;
    const Placeholders &m_placeholders;
};

} // namespace

Checked<NodePtr> compileItem(std::string_view key, int line, const YamlNode &value, const Placeholders &placeholders)
{
    const auto bar = std::min(key.find('|'), key.size());
    const auto name = key.substr(0, bar);
    auto modifiers = SigmaModifiers::parse(key.substr(std::min(bar + 1, key.size())), line);
    if (!modifiers) {
        return tl::unexpected(modifiers.error());
    }
    FieldName field{event::FieldPath("*"), filter::Reach::Anywhere};
    if (!name.empty()) {
        auto path = sigmaField(name);
        if (!path) {
            return problem(line, QObject::tr("\"%1\" is no field's name.").arg(shown(name)));
        }
        field = std::move(*path);
    }
    if (!modifiers->timePart.empty()) {
        if (field.path != event::FieldPath("published")) {
            return problem(line,
                QObject::tr("The modifier %1 goes with the field published only.").arg(shown(modifiers->timePart)));
        }
        field.path = event::FieldPath("published." + modifiers->timePart);
    }
    return ItemCompiler(std::move(field), std::move(*modifiers), placeholders).compile(value, line);
}

} // namespace octotrail::detect

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaWriter.h"

#include "detect/SigmaFields.h"
#include "event/Json.h"
#include "filter/ProfilePath.h"
#include "filter/Tree.h"

#include <QObject>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>

namespace octotrail::detect {

using namespace Qt::Literals::StringLiterals;

namespace {

using filter::Comparison;
using filter::NodePtr;
using filter::Operator;
using filter::Reach;
namespace tree = filter::tree;

QString decoded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

event::Error refusal(const QString &sentence)
{
    return {event::ErrorKind::InvalidInput, sentence, 0};
}

/// Text with nothing in it that Sigma takes for a wildcard.
std::string withoutWildcards(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        escaped += c == '*' || c == '?' || c == '\\' ? "\\" : "";
        escaped += c;
    }
    return escaped;
}

/// A line of a selection: a field with modifiers, and its values, of which one has to match (or all).
struct Item
{
    QString key;
    QStringList values; ///< as YAML
    bool isNegated = false; ///< the item stands for what must not be
};

using Made = event::Result<Item>;

/// The values of a comparison as texts; fails on null.
event::Result<std::vector<std::string>> textsOf(const Comparison &comparison)
{
    std::vector<std::string> texts;
    for (const filter::Literal &literal : comparison.literals) {
        if (const auto *text = std::get_if<std::string>(&literal)) {
            texts.push_back(*text);
        } else if (const auto *number = std::get_if<filter::Number>(&literal)) {
            texts.push_back(number->text);
        } else if (const auto *truth = std::get_if<bool>(&literal)) {
            texts.emplace_back(*truth ? "true" : "false");
        } else {
            return tl::unexpected(refusal(QObject::tr("Sigma has no null in a list of values.")));
        }
    }
    return texts;
}

bool isNull(const Comparison &comparison)
{
    return comparison.literals.size() == 1 && std::holds_alternative<std::nullptr_t>(comparison.literals.front());
}

bool isTyped(const Comparison &comparison)
{
    return comparison.field && event::fields()[*comparison.field].type != event::FieldType::Text;
}

/// The field as Sigma names it, if Sigma can name it.
event::Result<QString> nameOf(const event::FieldPath &path)
{
    const QString shown = decoded(path.toString());
    if (filter::profilePath(path)) {
        return tl::unexpected(refusal(QObject::tr("Rules look at events alone: %1 asks a profile.").arg(shown)));
    }
    const auto read = sigmaField(path.toString());
    const bool isOdd = shown.contains(u'|') || shown.contains(u"[]"_s) || shown.contains(u"{}"_s);
    if (isOdd || !read || read->path != path) {
        return tl::unexpected(refusal(QObject::tr("Sigma cannot name the field %1.").arg(shown)));
    }
    return shown;
}

/// A comparison anywhere in the event: a keyword.
Made keyword(const Comparison &comparison)
{
    const auto texts = textsOf(comparison);
    if (!texts) {
        return tl::unexpected(texts.error());
    }
    Item item;
    for (const std::string &text : *texts) {
        switch (comparison.op) {
        case Operator::Co:
            item.values << yamlScalar(decoded(withoutWildcards(text)));
            break;
        case Operator::Sw:
            item.key = u"|startswith"_s;
            item.values << yamlScalar(decoded(withoutWildcards(text)));
            break;
        case Operator::Ew:
            item.key = u"|endswith"_s;
            item.values << yamlScalar(decoded(withoutWildcards(text)));
            break;
        case Operator::Re:
            item.key = u"|re"_s;
            item.values << yamlScalar(decoded(text));
            break;
        default:
            return tl::unexpected(
                refusal(QObject::tr("Of words anywhere in an event (*), Sigma can say co, sw, ew and re.")));
        }
    }
    return item;
}

/// path op values as an item.
Made itemOf(const Comparison &comparison)
{
    if (comparison.reach == Reach::Anywhere) {
        return keyword(comparison);
    }
    Comparison plain = comparison;
    QString part;
    if (const auto time = tree::timePart(comparison.path)) {
        part = u'|' + decoded(tree::timePartNames[*time]);
        plain.path = event::FieldPath("published");
    }
    auto name = nameOf(plain.path);
    if (!name) {
        return tl::unexpected(name.error());
    }
    Item item;
    item.key = *name + part;
    if (comparison.op == Operator::Pr || (comparison.op == Operator::Eq && isNull(comparison))
        || (comparison.op == Operator::Ne && isNull(comparison))) {
        // Sigma's exists counts an empty text, which pr does not.
        const bool isExact = isTyped(comparison) || !part.isEmpty();
        item.key += isExact ? u"|exists"_s : u"|re"_s;
        item.values << (isExact ? u"true"_s : u"'.+'"_s);
        item.isNegated = comparison.op == Operator::Eq;
        return item;
    }
    if (comparison.other.isValid()) {
        auto other = nameOf(comparison.other);
        if (!other) {
            return tl::unexpected(other.error());
        }
        item.key += u"|fieldref"_s;
        item.key += comparison.op == Operator::Co ? u"|contains"_s
            : comparison.op == Operator::Sw       ? u"|startswith"_s
            : comparison.op == Operator::Ew       ? u"|endswith"_s
                                                  : QString();
        item.values << yamlScalar(*other);
        item.isNegated = comparison.op == Operator::Ne;
        return item;
    }
    const auto texts = textsOf(comparison);
    if (!texts) {
        return tl::unexpected(texts.error());
    }
    bool hasWildcards = true;
    switch (comparison.op) {
    case Operator::Eq:
    case Operator::In:
    case Operator::Ne:
        item.isNegated = comparison.op == Operator::Ne;
        break;
    case Operator::Co:
        item.key += u"|contains"_s;
        break;
    case Operator::Sw:
        item.key += u"|startswith"_s;
        break;
    case Operator::Ew:
        item.key += u"|endswith"_s;
        break;
    case Operator::Re:
        item.key += u"|re"_s;
        hasWildcards = false;
        break;
    case Operator::Cidr:
        item.key += u"|cidr"_s;
        hasWildcards = false;
        break;
    default: {
        const bool isTime
            = comparison.field && event::fields()[*comparison.field].type == event::FieldType::Time && part.isEmpty();
        const bool isNumber = std::holds_alternative<filter::Number>(comparison.literals.front());
        if (!isNumber && !isTime) {
            return tl::unexpected(refusal(
                QObject::tr("Sigma compares numbers and times with gt, ge, lt and le, not texts: %1.").arg(*name)));
        }
        item.key += comparison.op == Operator::Gt ? u"|gt"_s
            : comparison.op == Operator::Ge       ? u"|gte"_s
            : comparison.op == Operator::Lt       ? u"|lt"_s
                                                  : u"|lte"_s;
        hasWildcards = false;
    }
    }
    if (comparison.caseSensitive) {
        item.key += u"|cased"_s;
    }
    for (const std::string &text : *texts) {
        item.values << yamlScalar(decoded(hasWildcards ? withoutWildcards(text) : text));
    }
    return item;
}

/// Makes selections and the condition that joins them.
class Writer
{
public:
    event::Result<QString> write(const NodePtr &root)
    {
        auto condition = conditionOf(*root, false, false);
        if (!condition) {
            return condition;
        }
        return u"detection:\n"_s + m_selections + u"  condition: "_s + *condition + u'\n';
    }

    /// Every word, anywhere.
    static QString ofWords(const std::vector<std::string> &words)
    {
        QString text = u"detection:\n  keywords:\n    '|all':\n"_s;
        for (const std::string &word : words) {
            text += u"      - "_s + yamlScalar(decoded(withoutWildcards(word))) + u'\n';
        }
        return text + u"  condition: keywords\n"_s;
    }

private:
    QString nextName(bool isNegated)
    {
        const QString base = isNegated ? u"filter"_s : u"selection"_s;
        QString name = base;
        for (int number = 2; m_names.contains(name); ++number) {
            name = u"%1_%2"_s.arg(base).arg(number);
        }
        m_names.insert(name);
        return name;
    }

    static QString lines(const Item &item, const QString &indent)
    {
        if (item.key.isEmpty()) {
            QString text;
            for (const QString &value : item.values) {
                text += indent + u"- "_s + value + u'\n';
            }
            return text;
        }
        const QString key = indent + (item.key.startsWith(u'|') ? u'\'' + item.key + u'\'' : item.key) + u':';
        if (item.values.size() == 1) {
            return key + u' ' + item.values.front() + u'\n';
        }
        QString text = key + u'\n';
        for (const QString &value : item.values) {
            text += indent + u"  - "_s + value + u'\n';
        }
        return text;
    }

    /// A selection of these items, all of which have to hold.
    QString select(const std::vector<Item> &items, bool isNegated)
    {
        QString name = nextName(isNegated);
        m_selections += u"  "_s + name + u":\n"_s;
        for (const Item &item : items) {
            m_selections += lines(item, u"    "_s);
        }
        return name;
    }

    static QString bracketed(const QStringList &terms, const QString &word, bool isInner)
    {
        const QString text = terms.join(u' ' + word + u' ');
        return isInner && terms.size() > 1 ? u'(' + text + u')' : text;
    }

    event::Result<QString> conditionOf(const filter::Node &node, bool isInner, bool isNegated)
    {
        if (const auto *comparison = std::get_if<Comparison>(&node.value)) {
            const auto item = itemOf(*comparison);
            if (!item) {
                return tl::unexpected(item.error());
            }
            const QString name = select({*item}, isNegated != item->isNegated);
            return item->isNegated ? u"not "_s + name : name;
        }
        if (const auto *element = std::get_if<filter::ElementMatch>(&node.value)) {
            return ofElement(*element, isNegated);
        }
        if (const auto *negation = std::get_if<filter::Not>(&node.value)) {
            auto inner = conditionOf(*negation->term, true, !isNegated);
            if (!inner) {
                return inner;
            }
            return inner->startsWith(u"not ") ? u"not ("_s + *inner + u')' : u"not "_s + *inner;
        }
        if (const auto *all = std::get_if<filter::And>(&node.value)) {
            return ofAll(all->terms, isInner, isNegated);
        }
        return ofAny(std::get<filter::Or>(node.value).terms, isInner, isNegated);
    }

    event::Result<QString> ofElement(const filter::ElementMatch &element, bool isNegated)
    {
        const auto *only = std::get_if<Comparison>(&element.inner->value);
        const bool isNegative = only
            && (only->op == Operator::Ne || (only->op == Operator::Eq && isNull(*only)) || only->other.isValid());
        if (!only || isNegative || only->reach == Reach::Anywhere) {
            return tl::unexpected(refusal(QObject::tr("Sigma cannot say that one and the same %1 meets several "
                                                      "conditions: write %1.… for each of them instead of %1[…].")
                                              .arg(decoded(element.path.toString()))));
        }
        Comparison whole = *only;
        auto segments = element.path.segments();
        segments.insert(segments.end(), only->path.segments().begin(), only->path.segments().end());
        whole.path = event::FieldPath(std::move(segments));
        tree::recogniseField(whole);
        return conditionOf(filter::Node{std::move(whole)}, true, isNegated);
    }

    event::Result<QString> ofAll(const std::vector<NodePtr> &terms, bool isInner, bool isNegated)
    {
        // Comparisons of different fields are one selection, which is how rules are written.
        std::vector<Item> items;
        QSet<QString> keys;
        std::vector<NodePtr> others;
        for (const NodePtr &term : terms) {
            const auto *comparison = std::get_if<Comparison>(&term->value);
            if (!comparison || comparison->reach == Reach::Anywhere) {
                others.push_back(term);
                continue;
            }
            auto item = itemOf(*comparison);
            if (!item) {
                return tl::unexpected(item.error());
            }
            if (item->isNegated || keys.contains(item->key)) {
                others.push_back(term);
                continue;
            }
            keys.insert(item->key);
            items.push_back(std::move(*item));
        }
        QStringList conditions;
        if (!items.empty()) {
            conditions << select(items, isNegated);
        }
        for (const NodePtr &term : others) {
            auto condition = conditionOf(*term, true, isNegated);
            if (!condition) {
                return condition;
            }
            conditions << *condition;
        }
        return bracketed(conditions, u"and"_s, isInner);
    }

    event::Result<QString> ofAny(const std::vector<NodePtr> &terms, bool isInner, bool isNegated)
    {
        // Comparisons of one field are one list of values.
        std::vector<Item> items;
        QStringList conditions;
        std::vector<NodePtr> others;
        for (const NodePtr &term : terms) {
            const auto *comparison = std::get_if<Comparison>(&term->value);
            auto item = comparison ? itemOf(*comparison) : Made(tl::unexpected(event::Error{}));
            if (comparison && !item) {
                return tl::unexpected(item.error());
            }
            if (!item || item->isNegated) {
                others.push_back(term);
                continue;
            }
            const auto same = std::ranges::find(items, item->key, &Item::key);
            if (same == items.end()) {
                items.push_back(std::move(*item));
            } else {
                same->values += item->values;
            }
        }
        for (const Item &item : items) {
            conditions << select({item}, isNegated);
        }
        for (const NodePtr &term : others) {
            auto condition = conditionOf(*term, true, isNegated);
            if (!condition) {
                return condition;
            }
            conditions << *condition;
        }
        return bracketed(conditions, u"or"_s, isInner);
    }

    QString m_selections;
    QSet<QString> m_names;
};

} // namespace

QString yamlScalar(const QString &text)
{
    static const QRegularExpression plain(u"^[A-Za-z][A-Za-z0-9_./-]*$"_s);
    static const QRegularExpression number(u"^-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,15})?$"_s);
    static const QRegularExpression control(u"[\\x00-\\x1f\\x7f-\\x9f\\x{2028}\\x{2029}\\x{feff}]"_s);
    static const QSet<QString> words{
        u"true"_s, u"false"_s, u"null"_s, u"yes"_s, u"no"_s, u"on"_s, u"off"_s, u"y"_s, u"n"_s};
    if (control.match(text).hasMatch()) {
        return QString::fromStdString(event::quoteJson(text.toStdString()));
    }
    const bool isPlain = plain.match(text).hasMatch() && !words.contains(text.toLower());
    if (isPlain || number.match(text).hasMatch()) {
        return text;
    }
    QString quoted = text;
    return u'\'' + quoted.replace(u'\'', u"''"_s) + u'\'';
}

event::Result<QString> sigmaDetectionOf(const filter::Input &input)
{
    if (input.isKeywordSearch()) {
        return Writer::ofWords(input.words);
    }
    if (input.expression.matchesAll()) {
        return tl::unexpected(refusal(QObject::tr("The filter is empty: a rule on every event would alert on each.")));
    }
    return Writer().write(input.expression.root());
}

} // namespace octotrail::detect

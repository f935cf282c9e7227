// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TermText.h"

#include "filter/ProfilePath.h"
#include "filter/Tree.h"
#include "ui/models/FacetModel.h"
#include "ui/widgets/PlainText.h"

#include <QCoreApplication>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using event::FieldType;
using filter::Operator;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TermText", text);
}

QString qString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::optional<QString> valueText(const filter::Literal &literal)
{
    if (const auto *text = std::get_if<std::string>(&literal)) {
        return qString(*text);
    }
    if (const auto *number = std::get_if<filter::Number>(&literal)) {
        return qString(number->text);
    }
    if (const auto *truth = std::get_if<bool>(&literal)) {
        return *truth ? u"true"_s : u"false"_s;
    }
    return std::nullopt; // null has no picker
}

} // namespace

QString operatorCaption(Operator op)
{
    switch (op) {
    case Operator::Eq:
        return tr("is");
    case Operator::Ne:
        return tr("is not");
    case Operator::Co:
        return tr("contains");
    case Operator::Sw:
        return tr("starts with");
    case Operator::Ew:
        return tr("ends with");
    case Operator::Pr:
        return tr("has a value");
    case Operator::Gt:
        return tr("is above");
    case Operator::Ge:
        return tr("is at least");
    case Operator::Lt:
        return tr("is below");
    case Operator::Le:
        return tr("is at most");
    case Operator::In:
        return tr("is one of");
    case Operator::Re:
        return tr("matches");
    case Operator::Cidr:
        return tr("is in network");
    }
    return {};
}

QString operatorHelp(Operator op)
{
    switch (op) {
    case Operator::Eq:
        return tr("equal, whatever the case");
    case Operator::Ne:
        return tr("not equal, or no value");
    case Operator::Co:
        return tr("contains");
    case Operator::Sw:
        return tr("starts with");
    case Operator::Ew:
        return tr("ends with");
    case Operator::Pr:
        return tr("present: has a value");
    case Operator::Gt:
        return tr("greater, or later");
    case Operator::Ge:
        return tr("greater or equal");
    case Operator::Lt:
        return tr("less, or earlier");
    case Operator::Le:
        return tr("less or equal");
    case Operator::In:
        return tr("one of a list: (\"a\", \"b\")");
    case Operator::Re:
        return tr("regular expression (RE2)");
    case Operator::Cidr:
        return tr("address in a network: \"10.0.0.0/8\"");
    }
    return {};
}

std::vector<Operator> operatorsFor(FieldType type)
{
    switch (type) {
    case FieldType::Boolean:
        return {Operator::Eq, Operator::Ne, Operator::Pr};
    case FieldType::Time:
        return {Operator::Ge, Operator::Lt, Operator::Gt, Operator::Le, Operator::Eq, Operator::Ne, Operator::Pr};
    case FieldType::Integer:
    case FieldType::Number:
        return {Operator::Eq, Operator::Ne, Operator::Pr, Operator::Gt, Operator::Ge, Operator::Lt, Operator::Le,
            Operator::In};
    case FieldType::Text:
        break;
    }
    return {Operator::Eq, Operator::Ne, Operator::Co, Operator::Sw, Operator::Ew, Operator::Pr, Operator::Gt,
        Operator::Ge, Operator::Lt, Operator::Le, Operator::In, Operator::Re, Operator::Cidr};
}

QString typeCaption(FieldType type)
{
    switch (type) {
    case FieldType::Text:
        break;
    case FieldType::Integer:
    case FieldType::Number:
        return tr("number");
    case FieldType::Boolean:
        return tr("true or false");
    case FieldType::Time:
        return tr("time");
    }
    return tr("text");
}

FieldType typeOfPath(const QString &path)
{
    const std::string written = path.toStdString();
    if (const auto id = event::fieldByPath(written)) {
        return event::fields()[*id].type;
    }
    const event::FieldPath parsed(written);
    if (filter::tree::timePart(parsed)) {
        return FieldType::Integer;
    }
    const auto beside = filter::profilePath(parsed);
    if (beside && beside->of == filter::ProfilePath::Of::Event) {
        const auto field = std::ranges::find(filter::annotationFields(), written, &filter::AnnotationField::path);
        return field == filter::annotationFields().end() ? FieldType::Text : field->type;
    }
    if (beside) {
        const bool ofDevice = beside->of == filter::ProfilePath::Of::Device;
        const auto field = std::ranges::find_if(filter::profileFields(), [&](const filter::ProfileField &each) {
            return each.ofDevice == ofDevice && parsed.segments().size() == 3 && parsed.segments().back() == each.path;
        });
        return field == filter::profileFields().end() ? FieldType::Text : field->type;
    }
    return FieldType::Text;
}

QString literalText(const QString &path, const QString &value)
{
    // A comparison knows what the type wants bare and what in quotes.
    const FieldType type = typeOfPath(path);
    const std::string known = event::fieldByPath(path.toStdString()) ? path.toStdString()
        : type == FieldType::Boolean                                 ? "securityContext.isProxy"
        : type == FieldType::Integer                                 ? "securityContext.asNumber"
                                                                     : "uuid";
    const std::string text = filter::comparisonText(known, Operator::Eq, value.toStdString());
    return qString(std::string_view(text).substr(text.find(" eq ") + std::string_view(" eq ").size()));
}

std::optional<SimpleTerm> simpleTerm(const QString &text)
{
    const auto expression = filter::parse(text.toStdString());
    if (!expression || !expression->root()) {
        return std::nullopt;
    }
    const auto *comparison = std::get_if<filter::Comparison>(&expression->root()->value);
    const bool isPlain = comparison && !comparison->other.isValid() && comparison->reach != filter::Reach::AnyCase
        && (comparison->op == Operator::In || comparison->literals.size() <= 1);
    if (!isPlain) {
        return std::nullopt;
    }
    SimpleTerm term;
    term.op = comparison->op;
    if (comparison->reach == filter::Reach::Anywhere) {
        term.path = u"*"_s;
    } else {
        // As it is written in the language: odd names have quotes.
        term.path = qString(filter::pathText(comparison->path));
    }
    const FieldType type = typeOfPath(term.path);
    for (const filter::Literal &literal : comparison->literals) {
        const auto value = valueText(literal);
        // A bare number beside text compares as a number: written again, it would be text.
        const bool isOfType = comparison->field || std::holds_alternative<std::string>(literal)
            || (type == FieldType::Boolean && std::holds_alternative<bool>(literal))
            || (type == FieldType::Integer && std::holds_alternative<filter::Number>(literal));
        if (!value || !isOfType) {
            return std::nullopt;
        }
        term.values << *value;
    }
    return term;
}

QString textOf(const SimpleTerm &term)
{
    const QString path = term.path.trimmed();
    // Only eq, ne and in compare with true; what has no column may be asked as text as well.
    const bool isText = typeOfPath(path) == FieldType::Boolean && term.op != Operator::Eq && term.op != Operator::Ne
        && term.op != Operator::In;
    const auto written = [&](const QString &value) { return literalText(isText ? u"uuid"_s : path, value); };
    const QString start = path + u' ';
    switch (term.op) {
    case Operator::Pr:
        return start + u"pr"_s;
    case Operator::In: {
        QStringList values;
        for (const QString &value : term.values) {
            values << written(value);
        }
        return start + u"in ("_s + values.join(u", "_s) + u')';
    }
    default:
        break;
    }
    static const QMap<Operator, QString> names{{Operator::Eq, u"eq "_s}, {Operator::Ne, u"ne "_s},
        {Operator::Co, u"co "_s}, {Operator::Sw, u"sw "_s}, {Operator::Ew, u"ew "_s}, {Operator::Gt, u"gt "_s},
        {Operator::Ge, u"ge "_s}, {Operator::Lt, u"lt "_s}, {Operator::Le, u"le "_s}, {Operator::Re, u"re "_s},
        {Operator::Cidr, u"cidr "_s}};
    return start + names.value(term.op) + written(term.values.value(0));
}

QString termCaption(const QString &text)
{
    QString inner = text;
    bool isNegated = false;
    if (const auto expression = filter::parse(text.toStdString()); expression && expression->root()) {
        if (const auto *negation = std::get_if<filter::Not>(&expression->root()->value)) {
            isNegated = true;
            inner = QString::fromStdString(filter::Expression(negation->term).toString());
        }
    }
    const auto term = simpleTerm(inner);
    if (!term) {
        return singleLine(text, 400);
    }
    const QString field = term->path == u"*"_s ? tr("Anything") : FacetModel::caption(term->path);
    QStringList shown{field, operatorCaption(term->op)};
    if (!term->values.isEmpty()) {
        shown << term->values.join(u", "_s);
    }
    const QString caption = shown.join(u' ');
    return singleLine(isNegated ? tr("not: %1").arg(caption) : caption, 400);
}

} // namespace octotrail::ui

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/CellText.h"

#include <QLocale>
#include <QStringList>

namespace octotrail::store {

namespace {

constexpr QChar ellipsis(0x2026);

QString bounded(QString text)
{
    if (text.size() <= cellLimit) {
        return text;
    }
    qsizetype end = cellLimit - 1;
    if (text[end - 1].isHighSurrogate()) {
        --end;
    }
    text.truncate(end);
    return text += ellipsis;
}

} // namespace

QString cellText(std::string_view utf8)
{
    // No character has more than four bytes, so what is cut off here would not be shown anyway.
    constexpr std::size_t byteLimit = static_cast<std::size_t>(cellLimit + 1) * 4;
    const std::string_view start = utf8.substr(0, byteLimit);
    // An empty text is not a missing one.
    return start.empty() ? QStringLiteral("")
                         : bounded(QString::fromUtf8(start.data(), static_cast<qsizetype>(start.size())));
}

QString fieldText(const duckdb::Column &column, event::FieldType type, std::size_t row)
{
    if (column.isNull(row)) {
        return {};
    }
    switch (type) {
    case event::FieldType::Text:
        break;
    case event::FieldType::Integer:
        return QString::number(column.bigint(row));
    case event::FieldType::Number:
        return QString::number(column.number(row), 'g', QLocale::FloatingPointShortest);
    case event::FieldType::Boolean:
        return column.boolean(row) ? QStringLiteral("true") : QStringLiteral("false");
    case event::FieldType::Time:
        return QString::fromStdString(event::formatTimestamp(*column.time(row)));
    }
    return cellText(column.text(row));
}

QString targetSummary(const duckdb::Column &column, std::size_t row, QStringView separator)
{
    if (column.isNull(row)) {
        return {};
    }
    const auto [offset, length] = column.list(row);
    const duckdb::Column targets = column.elements();
    const duckdb::Column id = targets.member(0);
    const duckdb::Column type = targets.member(1);
    const duckdb::Column alternateId = targets.member(2);
    const duckdb::Column displayName = targets.member(3);
    QString summary;
    for (std::size_t i = offset; i < offset + length && summary.size() <= cellLimit; ++i) {
        // A user is known by the login, an application by its name; Okta gives others an alternateId "unknown".
        std::string_view name = alternateId.text(i);
        if (name.empty() || name == "unknown" || type.text(i) == "AppInstance") {
            name = displayName.text(i).empty() ? name : displayName.text(i);
        }
        if (name.empty()) {
            name = id.text(i);
        }
        if (!summary.isEmpty()) {
            summary += separator;
        }
        QString target = cellText(name);
        if (!type.text(i).empty()) {
            target += QStringLiteral(" (") + cellText(type.text(i)) + u')';
        }
        summary += separator == u"\n" ? target.replace(u'\n', u' ') : target;
    }
    return summary.isEmpty() ? QString() : bounded(summary);
}

QString valuesText(std::string_view json, const event::FieldPath &path)
{
    QString values;
    event::visitValues(json, path, [&](std::string_view text, event::JsonKind) {
        if (values.isNull()) {
            values = QStringLiteral("");
        } else {
            values += QStringLiteral(", ");
        }
        values += cellText(text);
        return values.size() <= cellLimit;
    });
    return values.isNull() ? values : bounded(values);
}

} // namespace octotrail::store

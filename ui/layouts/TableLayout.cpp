// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layouts/TableLayout.h"

#include "store/DocumentBody.h"

#include <QCoreApplication>
#include <QPalette>
#include <algorithm>
#include <array>
#include <set>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostColumns = 200;
constexpr qsizetype mostRules = 200;
constexpr int widest = 4000;
constexpr auto fileFormat = "octotrail-layout";
constexpr std::array densities{"compact", "normal", "comfortable"};

tl::unexpected<event::Error> noLayout()
{
    return event::failure(event::ErrorKind::InvalidInput,
        QCoreApplication::translate("TableLayout", "This is no layout of Octotrail's table."));
}

QVariantMap mapOf(const TableLayout &layout)
{
    QVariantList columns;
    for (const TableLayout::Column &column : layout.columns) {
        columns << QVariantMap{{u"key"_s, column.key}, {u"width"_s, column.width}};
    }
    return {{u"columns"_s, columns}, {u"pinned"_s, layout.pinned},
        {u"density"_s, QString::fromLatin1(densities[static_cast<std::size_t>(layout.density)])}};
}

event::Result<TableLayout> layoutOf(const QVariantMap &map)
{
    TableLayout layout;
    std::set<QString> keys;
    for (const QVariant &entry : map.value(u"columns"_s).toList().mid(0, mostColumns)) {
        const QVariantMap column = entry.toMap();
        const QString key = column.value(u"key"_s).toString().left(500);
        if (!key.isEmpty() && keys.insert(key).second) {
            layout.columns.push_back({key, std::clamp(column.value(u"width"_s).toInt(), 0, widest)});
        }
    }
    if (layout.columns.empty()) {
        return noLayout();
    }
    layout.pinned = std::clamp(map.value(u"pinned"_s).toInt(), 0, static_cast<int>(layout.columns.size()) - 1);
    const QByteArray density = map.value(u"density"_s).toString().toLatin1();
    const auto known = std::ranges::find_if(densities, [&](const char *name) { return density == name; });
    layout.density = known == densities.end() ? Density::Normal : static_cast<Density>(known - densities.begin());
    return layout;
}

QVariantList listOf(const std::vector<ColorRule> &rules)
{
    const QList<RuleColor> colors = ruleColors({});
    QVariantList list;
    for (const ColorRule &rule : rules) {
        list << QVariantMap{{u"name"_s, rule.name}, {u"filter"_s, rule.filter},
            {u"color"_s, QString::fromLatin1(colors.value(rule.color, colors.first()).key)},
            {u"enabled"_s, rule.enabled}};
    }
    return list;
}

std::vector<ColorRule> rulesOf(const QVariantList &list)
{
    const QList<RuleColor> colors = ruleColors({});
    std::vector<ColorRule> rules;
    for (const QVariant &entry : list.mid(0, mostRules)) {
        const QVariantMap map = entry.toMap();
        ColorRule rule;
        rule.filter = map.value(u"filter"_s).toString();
        rule.name = map.value(u"name"_s).toString().left(ColorRule::longestName);
        rule.enabled = map.value(u"enabled"_s, true).toBool();
        const QByteArray key = map.value(u"color"_s).toString().toLatin1();
        const auto color = std::ranges::find_if(colors, [&](const RuleColor &one) { return key == one.key; });
        rule.color = color == colors.end() ? 0 : static_cast<int>(color - colors.begin());
        if (!rule.filter.trimmed().isEmpty()) {
            rule.name = rule.name.trimmed().isEmpty() ? ColorRule::usualName(rule.filter) : rule.name;
            rules.push_back(std::move(rule));
        }
    }
    return rules;
}

} // namespace

TableLayout usualLayout()
{
    std::vector<std::pair<int, TableLayout::Column>> placed;
    for (const EventColumnInfo &info : eventColumns()) {
        if (static_cast<int>(info.column) < firstProfileColumn) {
            placed.emplace_back(
                firstPlaceOf(info.column), TableLayout::Column{QString::fromLatin1(info.key), info.width});
        }
    }
    std::ranges::sort(placed, {}, [](const auto &entry) { return entry.first; });
    TableLayout layout;
    for (auto &[place, column] : placed) {
        layout.columns.push_back(std::move(column));
    }
    return layout;
}

QByteArray writeLayout(const TableLayout &layout)
{
    return store::writeBody(mapOf(layout));
}

event::Result<TableLayout> readLayout(const QByteArray &json)
{
    return store::readBody(json).and_then(layoutOf);
}

QByteArray writeRules(const std::vector<ColorRule> &rules)
{
    return store::writeBody({{u"rules"_s, listOf(rules)}});
}

event::Result<std::vector<ColorRule>> readRules(const QByteArray &json)
{
    return store::readBody(json).map([](const QVariantMap &map) { return rulesOf(map.value(u"rules"_s).toList()); });
}

QByteArray writeLayoutFile(const LayoutFile &file)
{
    QVariantList layouts;
    for (const auto &[name, layout] : file.layouts) {
        QVariantMap map = mapOf(layout);
        map.insert(u"name"_s, name);
        layouts << map;
    }
    return store::writeBody({{u"format"_s, QString::fromLatin1(fileFormat)}, {u"version"_s, 1}, {u"layouts"_s, layouts},
                                {u"colorRules"_s, listOf(file.rules)}},
        true);
}

event::Result<LayoutFile> readLayoutFile(const QByteArray &json)
{
    const auto map = store::readBody(json);
    if (!map) {
        return tl::unexpected(map.error());
    }
    if (map->value(u"format"_s).toString() != QLatin1StringView(fileFormat)) {
        return noLayout();
    }
    LayoutFile file;
    for (const QVariant &entry : map->value(u"layouts"_s).toList().mid(0, mostColumns)) {
        if (auto layout = layoutOf(entry.toMap())) {
            const QString name = entry.toMap().value(u"name"_s).toString().simplified().left(200);
            file.layouts.emplace_back(name, std::move(*layout));
        }
    }
    file.rules = rulesOf(map->value(u"colorRules"_s).toList());
    if (file.layouts.empty() && file.rules.empty()) {
        return noLayout();
    }
    return file;
}

} // namespace octotrail::ui

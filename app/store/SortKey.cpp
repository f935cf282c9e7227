// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SortKey.h"

#include "event/FieldCatalogue.h"
#include "filter/Expression.h"
#include "store/ColumnPaths.h"
#include "store/Schema.h"
#include "store/SortPath.h"

namespace octotrail::store {

namespace {

constexpr std::string_view targetPath = "target";

SortKey keyOf(const event::Field &field)
{
    const std::string column = schema::quoted(field.path);
    const bool isText = field.type == event::FieldType::Text;
    return {std::string(field.path), isText ? "lower(" + column + ")" : column, isText};
}

std::string pathOf(std::string_view targetMember)
{
    return std::string(targetPath) + "." + std::string(targetMember);
}

/// Of several targets the first counts.
SortKey keyOfTarget(std::string_view path, std::string_view member)
{
    return {std::string(path), "lower(target[1]." + schema::quoted(member) + ")"};
}

SortKey keyOfTargets()
{
    return keyOfTarget(targetPath, "alternateId");
}

std::string directed(std::string_view what, bool descending)
{
    return std::string(what) + (descending ? " DESC" : " ASC") + " NULLS LAST";
}

} // namespace

std::optional<SortKey> sortKey(std::string_view path)
{
    if (path == targetPath) {
        return keyOfTargets();
    }
    if (path == "source") {
        return SortKey{std::string(path), "lower((SELECT name FROM sources WHERE sources.id = events.source))"};
    }
    if (const auto id = event::fieldByPath(path)) {
        return keyOf(event::fields()[*id]);
    }
    for (const std::string_view member : event::targetMembers) {
        if (path == pathOf(member)) {
            return keyOfTarget(path, member);
        }
    }
    const auto expression = filter::parse(std::string(path) + " pr");
    const auto *test
        = expression && expression->root() ? std::get_if<filter::Comparison>(&expression->root()->value) : nullptr;
    if (!test || test->reach != filter::Reach::Exact) {
        return std::nullopt;
    }
    if (test->field) {
        return keyOf(event::fields()[*test->field]); // with quotes that it does not need
    }
    if (test->path.segments().size() == 3 && path.starts_with(event::debugDataPrefix)) {
        return SortKey{std::string(path), "lower(" + debugDataValue(test->path.segments().back()) + ")"};
    }
    return std::nullopt;
}

bool canSortBy(std::string_view path)
{
    return sortKey(path).has_value();
}

std::vector<SortKey> textSortKeys()
{
    std::vector<SortKey> keys;
    for (const event::Field &field : event::fields()) {
        if (field.type == event::FieldType::Text) {
            keys.push_back(keyOf(field));
        }
    }
    keys.push_back(keyOfTargets());
    for (const std::string_view member : event::targetMembers) {
        keys.push_back(keyOfTarget(pathOf(member), member));
    }
    return keys;
}

std::string orderByTime(bool descending)
{
    return directed("published", descending) + ", seq" + (descending ? " DESC" : " ASC");
}

std::string orderBy(const SortKey &key, bool descending)
{
    return directed(key.expression, descending) + ", " + orderByTime(descending);
}

} // namespace octotrail::store

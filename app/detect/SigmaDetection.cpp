// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaDetection.h"

#include "detect/SigmaCondition.h"
#include "detect/SigmaItem.h"
#include "filter/Tree.h"

#include <QObject>

namespace octotrail::detect {

namespace {

using filter::NodePtr;
namespace tree = filter::tree;

/// A selection: a map (all of its items), a list of maps and keywords (any of them), or one keyword.
Checked<NodePtr> compileSelection(const YamlNode &node, int line, const Placeholders &placeholders)
{
    if (node.isScalar()) {
        return compileItem({}, node.line, node, placeholders);
    }
    if (node.isNull() || node.items.empty()) {
        return problem(node.line > 0 ? node.line : line, QObject::tr("The selection is empty."));
    }
    if (node.isMap()) {
        filter::And all;
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            auto item = compileItem(node.keys[i], node.keyLines[i], node.items[i], placeholders);
            if (!item) {
                return item;
            }
            tree::append(all, std::move(*item));
        }
        return tree::make(std::move(all));
    }
    filter::Or any;
    for (const YamlNode &item : node.items) {
        auto part = compileSelection(item, node.line, placeholders);
        if (!part) {
            return part;
        }
        tree::append(any, std::move(*part));
    }
    return tree::make(std::move(any));
}

Checked<std::vector<const YamlNode *>> conditionsOf(const YamlNode &condition, int line)
{
    std::vector<const YamlNode *> all;
    if (condition.isScalar()) {
        all.push_back(&condition);
    }
    for (const YamlNode &one : condition.items) {
        if (!one.isScalar() || condition.isMap()) {
            return problem(one.line, QObject::tr("A condition is text, or a list of texts."));
        }
        all.push_back(&one);
    }
    if (all.empty()) {
        return problem(line, QObject::tr("The condition is empty."));
    }
    return all;
}

} // namespace

Checked<NodePtr> compileDetection(const YamlNode &section, const Placeholders &placeholders)
{
    if (!section.isMap()) {
        return problem(section.line, QObject::tr("The detection is no map of selections and a condition."));
    }
    Selections selections;
    const YamlNode *condition = nullptr;
    int conditionLine = section.line;
    for (std::size_t i = 0; i < section.items.size(); ++i) {
        const std::string &name = section.keys[i];
        if (name == "condition") {
            condition = &section.items[i];
            conditionLine = section.keyLines[i];
            continue;
        }
        if (name == "timeframe") {
            return problem(
                section.keyLines[i], QObject::tr("timeframe is of old Sigma: write a correlation with a timespan."));
        }
        auto selection = compileSelection(section.items[i], section.keyLines[i], placeholders);
        if (!selection) {
            return selection;
        }
        selections.emplace(name, std::move(*selection));
    }
    if (!condition) {
        return problem(section.line, QObject::tr("The detection has no condition."));
    }
    const auto conditions = conditionsOf(*condition, conditionLine);
    if (!conditions) {
        return tl::unexpected(conditions.error());
    }
    filter::Or any;
    for (const YamlNode *one : *conditions) {
        auto node = compileCondition(one->text, one->line, selections);
        if (!node) {
            return node;
        }
        tree::append(any, std::move(*node));
    }
    return tree::make(std::move(any));
}

} // namespace octotrail::detect

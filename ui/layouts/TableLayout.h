// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "ui/models/EventColumns.h"
#include "ui/models/RowColors.h"

#include <QByteArray>
#include <vector>

namespace octotrail::ui {

/// How high a table's rows are.
enum class Density {
    Compact,
    Normal,
    Comfortable, ///< two lines: targets stand one below the other
};

/// How the table of events is laid out: which columns, in which order, how wide.
struct TableLayout
{
    struct Column
    {
        QString key; ///< see ColumnInfo
        int width = 0;
        bool operator==(const Column &) const = default;
    };
    std::vector<Column> columns; ///< those that are shown, from the left
    int pinned = 0; ///< of them, those that stay while the others are scrolled
    Density density = Density::Normal;
    bool operator==(const TableLayout &) const = default;
};

/// As the table is at first.
TableLayout usualLayout();

/// For documents and settings. Reading bounds what it reads; what is no layout is InvalidInput.
QByteArray writeLayout(const TableLayout &layout);
event::Result<TableLayout> readLayout(const QByteArray &json);

QByteArray writeRules(const std::vector<ColorRule> &rules);
event::Result<std::vector<ColorRule>> readRules(const QByteArray &json);

/// A file that carries layouts and colour rules to others.
struct LayoutFile
{
    std::vector<std::pair<QString, TableLayout>> layouts; ///< with their names
    std::vector<ColorRule> rules;
};
QByteArray writeLayoutFile(const LayoutFile &file);
event::Result<LayoutFile> readLayoutFile(const QByteArray &json);

} // namespace octotrail::ui

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What EventTableModel makes of a row that was read.
#include "ui/annotations/AnnotationModel.h"
#include "ui/models/EventTableModel.h"
#include "ui/models/ResultFinder.h"
#include "ui/models/RowColors.h"
#include "ui/widgets/PlainText.h"

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::EventRow;
using store::Seq;

const store::Annotation *EventTableModel::noted(Seq seq) const
{
    return m_beside.annotations ? m_beside.annotations->find(seq) : nullptr;
}

QString EventTableModel::display(const EventRow &row, int column) const
{
    return m_text.shown(row, column, noted(row.seq));
}

QString EventTableModel::sentence(const EventRow &row) const
{
    const auto text = [&](EventColumn column) { return display(row, static_cast<int>(column)); };
    QStringList parts{text(EventColumn::Message).isEmpty() ? text(EventColumn::EventType) : text(EventColumn::Message)};
    if (!text(EventColumn::Actor).isEmpty()) {
        parts << tr("by %1").arg(text(EventColumn::Actor));
    }
    if (!text(EventColumn::ClientIp).isEmpty()) {
        parts << tr("from %1").arg(text(EventColumn::ClientIp));
    }
    if (!text(EventColumn::Outcome).isEmpty()) {
        parts << tr("outcome %1").arg(text(EventColumn::Outcome));
    }
    if (!text(EventColumn::Marks).isEmpty()) {
        parts << text(EventColumn::Marks);
    }
    if (const int rule = m_beside.colors ? m_beside.colors->ruleOf(row.seq) : -1; rule >= 0) {
        parts << tr("coloured by %1").arg(m_beside.colors->rule(rule).name);
    }
    return text(EventColumn::Time) + u": "_s + parts.join(u", "_s);
}

/// The whole of what the cell shows a part of, and what stands beside it.
QString EventTableModel::tip(const EventRow &row, int column) const
{
    QString text = column == static_cast<int>(EventColumn::Targets) ? multiLine(m_text.raw(row, column), 2000)
                                                                    : display(row, column);
    if (column == static_cast<int>(EventColumn::Marks)) {
        const store::Annotation *annotation = noted(row.seq);
        text = annotation ? annotationText(*annotation) : QString();
    }
    if (const int rule = m_beside.colors ? m_beside.colors->ruleOf(row.seq) : -1; rule >= 0) {
        text += (text.isEmpty() ? QString() : u"\n"_s)
            + tr("Coloured by the rule \u201c%1\u201d").arg(singleLine(m_beside.colors->rule(rule).name, 80));
    }
    return text;
}

int EventTableModel::hitOf(Seq seq) const
{
    return (m_beside.find && m_beside.find->contains(seq) ? Found : 0)
        | (m_beside.alike && m_beside.alike->contains(seq) ? Alike : 0);
}

ColumnInfo EventTableModel::column(int column) const
{
    return column < eventColumnCount ? columnInfo(static_cast<EventColumn>(column))
                                     : m_pathInfos.value(column - eventColumnCount);
}

QString EventTableModel::pathOf(int column) const
{
    const ColumnInfo info = this->column(column);
    return info.path.isEmpty() ? QString::fromStdString(info.sortPath) : info.path;
}

std::optional<int> EventTableModel::columnOf(const QString &key) const
{
    for (int i = 0; i < columnCount(); ++i) {
        if (column(i).key == key) {
            return i;
        }
    }
    return std::nullopt;
}

} // namespace octotrail::ui

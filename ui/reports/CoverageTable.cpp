// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/CoverageTable.h"

#include "ui/reports/CoverageModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/style/Tones.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace octotrail::ui {

namespace {

constexpr int cellHeight = 7 * metrics::Unit;
constexpr int cellWidth = 19 * metrics::Unit;
constexpr int headerHeight = 6 * metrics::Unit;

void paintCell(QPainter &painter, const QRect &rect, const QModelIndex &index, const QPalette &colors, bool isChosen)
{
    const QString technique = index.data(CoverageModel::TechniqueRole).toString();
    if (technique.isEmpty()) {
        return;
    }
    const int rules = index.data(CoverageModel::RulesRole).toInt();
    const qlonglong alerts = index.data(CoverageModel::AlertsRole).toLongLong();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect card = rect.adjusted(2, 2, -2, -2);
    painting::box(painter, card, rules > 0 ? toneBackground(Tone::Accent, colors) : colors.color(QPalette::Base),
        isChosen ? toneColor(Tone::Accent, colors) : lineColor(colors), metrics::Radius, isChosen ? 2.0 : 1.0);
    const QRect text = card.adjusted(metrics::Unit, 3, -metrics::HalfUnit, -3);
    const int line = text.height() / 3;
    painter.setFont(scaledFont(TextSize::Small, QFont::DemiBold));
    painter.setPen(rules > 0 ? toneColor(Tone::Accent, colors) : toneColor(Tone::Muted, colors));
    painter.drawText(
        QRect(text.left(), text.top(), text.width(), line), Qt::AlignLeading | Qt::AlignVCenter, technique);
    painter.setFont(scaledFont(TextSize::Small));
    painter.setPen(rules > 0 ? colors.color(QPalette::Text) : toneColor(Tone::Muted, colors));
    painter.drawText(QRect(text.left(), text.top() + line, text.width(), line), Qt::AlignLeading | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(
            index.data(CoverageModel::NameRole).toString().section(QStringLiteral(": "), -1), Qt::ElideRight,
            text.width()));
    QString counts = rules > 0 ? (rules == 1 ? QObject::tr("1 rule") : QObject::tr("%1 rules").arg(rules))
                               : QObject::tr("not watched");
    if (alerts > 0) {
        counts += QStringLiteral(" · ") + (alerts == 1 ? QObject::tr("1 alert") : QObject::tr("%1 alerts").arg(alerts));
    }
    painter.setPen(alerts > 0 ? toneColor(Tone::Warning, colors) : toneColor(Tone::Muted, colors));
    painter.drawText(
        QRect(text.left(), text.top() + 2 * line, text.width(), line), Qt::AlignLeading | Qt::AlignVCenter, counts);
    painter.restore();
}

class CardDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool isChosen
            = option.state.testFlag(QStyle::State_HasFocus) || option.state.testFlag(QStyle::State_Selected);
        paintCell(*painter, option.rect, index, option.palette, isChosen);
    }
};

} // namespace

CoverageTable::CoverageTable(CoverageModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setModel(&m_model);
    setItemDelegate(new CardDelegate(this));
    setTabKeyNavigation(false);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAccessibleName(tr("ATT&CK techniques that the enabled rules watch for"));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(cellHeight);
    horizontalHeader()->setDefaultSectionSize(cellWidth);
    horizontalHeader()->setFixedHeight(headerHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const auto *cell = m_model.cellAt(index)) {
            Q_EMIT techniqueChosen(cell->technique);
        }
    });
}

QImage CoverageTable::picture() const
{
    constexpr double scale = 2; // legible where it is shown larger
    const QSize size(std::max(1, m_model.columnCount()) * cellWidth + 2 * metrics::Unit,
        m_model.rowCount() * cellHeight + headerHeight + 2 * metrics::Unit);
    QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(palette().color(QPalette::Window));
    QPainter painter(&image);
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const int x = metrics::Unit + column * cellWidth;
        painter.setFont(scaledFont(TextSize::Small, QFont::DemiBold));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRect(x + metrics::HalfUnit, metrics::Unit, cellWidth - metrics::Unit, headerHeight),
            Qt::AlignLeading | Qt::AlignVCenter,
            m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        for (int row = 0; row < m_model.rowCount(); ++row) {
            paintCell(painter, QRect(x, metrics::Unit + headerHeight + row * cellHeight, cellWidth, cellHeight),
                m_model.index(row, column), palette(), false);
        }
    }
    return image;
}

} // namespace octotrail::ui

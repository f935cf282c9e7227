// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/SuppressionsDialog.h"

#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

enum Column { Rule, Events, Until, Suppressed, LastTime, Reason, ColumnCount };

} // namespace

SuppressionsDialog::SuppressionsDialog(store::Alerts &alerts, const TimeDisplay &time, QWidget *parent)
    : QDialog(parent)
    , m_alerts(alerts)
    , m_time(time)
    , m_table(new QTableWidget(0, ColumnCount, this))
    , m_note(new QLabel(this))
{
    setWindowTitle(tr("Suppressions"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(120 * metrics::Unit, 50 * metrics::Unit);
    m_table->setObjectName(u"suppressions"_s);
    m_table->setAccessibleName(tr("Suppressions"));
    m_table->setHorizontalHeaderLabels(
        {tr("Rule"), tr("Events"), tr("Until"), tr("Suppressed"), tr("Last"), tr("Reason")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(metrics::RowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(metrics::RowHeight);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const QList<int> widths{152, 240, 152, 88, 152};
    for (int column = 0; column < widths.size(); ++column) {
        m_table->horizontalHeader()->resizeSection(column, widths[column]);
    }
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setObjectName(u"suppressionsNote"_s);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_remove = buttons->addButton(tr("&End the selected"), QDialogButtonBox::ActionRole);
    m_remove->setObjectName(u"endSuppression"_s);
    m_remove->setEnabled(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_remove, &QPushButton::clicked, this, &SuppressionsDialog::removeSelected);
    connect(m_table, &QTableWidget::itemSelectionChanged, this,
        [this] { m_remove->setEnabled(!m_table->selectedItems().isEmpty()); });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);
    connect(&m_alerts, &store::Alerts::changed, this, [this](const store::AlertChange &change) {
        if (change.suppressions) {
            read();
        }
    });
    read();
}

void SuppressionsDialog::read()
{
    whenFinished(m_alerts.suppressions(), this, [this](const event::Result<std::vector<store::Suppression>> &read) {
        if (read) {
            show(*read);
        } else {
            m_note->setText(read.error().sentence);
        }
    });
}

void SuppressionsDialog::show(const std::vector<store::Suppression> &suppressions)
{
    m_suppressions = suppressions;
    m_table->setRowCount(static_cast<int>(suppressions.size()));
    const event::Timestamp now = event::now();
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const store::Suppression &one = suppressions[static_cast<std::size_t>(row)];
        const QString end = !one.until ? tr("For good")
            : *one.until <= now        ? tr("Ended %1").arg(m_time.seconds(*one.until))
                                       : m_time.seconds(*one.until);
        const QStringList cells{one.ruleId.isEmpty() ? tr("Any rule") : singleLine(one.ruleTitle, 200),
            one.filter.isEmpty() ? tr("All") : singleLine(one.filter), end,
            QLocale().toString(static_cast<qint64>(one.suppressed)),
            one.lastSuppressed ? m_time.seconds(*one.lastSuppressed) : u"\u2013"_s, singleLine(one.reason)};
        for (int column = 0; column < ColumnCount; ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            item->setToolTip(ui::toolTip(cells[column]));
            m_table->setItem(row, column, item);
        }
    }
    m_note->setText(suppressions.empty()
            ? tr("Nothing is suppressed. To suppress what is known to be harmless, choose Suppress for an alert.")
            : tr("What matches these raises no alert. It is counted, and the events stay."));
}

void SuppressionsDialog::removeSelected()
{
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        const store::SuppressionId id = m_suppressions[static_cast<std::size_t>(index.row())].id;
        whenFinished(m_alerts.removeSuppression(id), this, [this](const event::Status &status) {
            if (!status) {
                m_note->setText(status.error().sentence);
            }
        });
    }
}

} // namespace octotrail::ui

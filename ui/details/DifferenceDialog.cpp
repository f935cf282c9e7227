// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/DifferenceDialog.h"

#include "event/Unfold.h"
#include "store/EventLookup.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WorkFinished.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QTreeView>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

/// What a worker has made of the two.
struct DifferenceDialog::Read
{
    event::Status status;
    std::vector<store::StoredEvent> events;
    std::vector<Difference> differences;

    static Read of(const event::Result<std::vector<store::StoredEvent>> &events)
    {
        Read read;
        if (!events) {
            read.status = tl::unexpected(events.error());
            return read;
        }
        read.events = *events;
        if (events->size() != 2) {
            read.status = event::failure(event::ErrorKind::NotFound, tr("One of the events is not here any more."));
            return read;
        }
        auto left = event::readTree((*events)[0].event.bytes());
        auto right = event::readTree((*events)[1].event.bytes());
        if (!left || !right) {
            read.status = event::failure(event::ErrorKind::InvalidInput,
                tr("One of the events is no JSON, so that there are no fields to compare."));
            return read;
        }
        event::unfoldTexts(*left);
        event::unfoldTexts(*right);
        read.differences = ui::differences(*left, *right);
        return read;
    }
};

DifferenceDialog::DifferenceDialog(
    std::shared_ptr<store::Store> store, store::Seq left, store::Seq right, const TimeDisplay &time, QWidget *parent)
    : QDialog(parent)
    , m_store(std::move(store))
    , m_time(time)
    , m_left(new QLabel(this))
    , m_right(new QLabel(this))
    , m_state(new QLabel(tr("Comparing\u2026"), this))
    , m_changedOnly(new QCheckBox(tr("&Only what differs"), this))
    , m_table(new QTreeView(this))
{
    setObjectName(u"differenceDialog"_s);
    setWindowTitle(tr("Compare two events"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(130 * metrics::Unit, 80 * metrics::Unit);
    m_state->setObjectName(u"differenceState"_s);
    m_state->setTextFormat(Qt::PlainText);
    for (QLabel *label : {m_left, m_right}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    }
    m_changedOnly->setChecked(true);
    m_table->setObjectName(u"differenceTable"_s);
    m_table->setAccessibleName(tr("Differences"));
    m_table->setModel(&m_model);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->header()->resizeSection(DifferenceModel::Path, 42 * metrics::Unit);
    m_table->header()->resizeSection(DifferenceModel::Left, 42 * metrics::Unit);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *head = new QGridLayout;
    head->addWidget(new QLabel(tr("First:"), this), 0, 0, Qt::AlignTop);
    head->addWidget(m_left, 0, 1);
    head->addWidget(new QLabel(tr("Second:"), this), 1, 0, Qt::AlignTop);
    head->addWidget(m_right, 1, 1);
    head->setColumnStretch(1, 1);
    auto *row = new QHBoxLayout;
    row->addWidget(m_state, 1);
    row->addWidget(m_changedOnly);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addLayout(head);
    layout->addLayout(row);
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);
    connect(m_changedOnly, &QCheckBox::toggled, &m_model, &DifferenceModel::setChangedOnly);
    connect(m_table, &QWidget::customContextMenuRequested, this, &DifferenceDialog::showMenu);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    whenWorkFinished(
        store::EventLookup(*m_store).events({left, right}), this, &Read::of, [this](const Read &read) { take(read); });
}

void DifferenceDialog::take(const Read &read)
{
    if (!read.status) {
        m_state->setText(read.status.error().sentence);
        return;
    }
    const auto title = [this](const event::LogEvent &event) {
        const std::string_view message
            = event.text(event::field::DisplayMessage)
                  .value_or(event.text(event::field::EventType).value_or(std::string_view()));
        const QString what
            = shortWords(singleLine(QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size())), 160));
        return event.published() ? m_time.full(*event.published()) + u"  "_s + what : what;
    };
    m_left->setText(title(read.events[0].event));
    m_right->setText(title(read.events[1].event));
    m_model.setDifferences(read.differences);
    const int changed = m_model.changedCount();
    m_state->setText(changed == 0 ? tr("The events are equal.")
            : changed == 1        ? tr("They differ in 1 of %1 fields.").arg(read.differences.size())
                                  : tr("They differ in %1 of %2 fields.").arg(changed).arg(read.differences.size()));
    if (m_model.rowCount() > 0) {
        m_table->setCurrentIndex(m_model.index(0, 0));
    }
    m_table->setFocus();
}

void DifferenceDialog::showMenu(const QPoint &position)
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto copy = [&](const QString &text, int column) {
        const QString value = index.siblingAtColumn(column).data().toString();
        connect(menu->addAction(icon(u"copy"), text), &QAction::triggered, this,
            [value] { QGuiApplication::clipboard()->setText(value); });
    };
    copy(tr("Copy path"), DifferenceModel::Path);
    copy(tr("Copy the first value"), DifferenceModel::Left);
    copy(tr("Copy the second value"), DifferenceModel::Right);
    // A column shows the values of all elements.
    static const QRegularExpression elements(u"\\[\\d+\\]"_s);
    const QString path = index.siblingAtColumn(DifferenceModel::Path).data().toString().remove(elements);
    QAction *column = menu->addAction(icon(u"columns"), tr("Add as column"));
    connect(column, &QAction::triggered, this, [this, path] { Q_EMIT columnRequested(path); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace octotrail::ui

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/annotations/AnnotationPanel.h"

#include "filter/Expression.h"
#include "ui/annotations/MarksDelegate.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/StatePage.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

enum Choice { All, Bookmarks, Notes, FirstTag };

} // namespace

AnnotationPanel::AnnotationPanel(
    std::shared_ptr<store::Store> store, AnnotationBook &book, Annotator &annotator, QWidget *parent)
    : QWidget(parent)
    , m_book(book)
    , m_annotator(annotator)
    , m_model(std::move(store), book)
    , m_choice(new QComboBox(this))
    , m_show(new QToolButton(this))
    , m_more(new QToolButton(this))
    , m_rename(new QAction(icon(u"edit"), tr("&Rename this tag\u2026"), this))
    , m_removeTag(new QAction(icon(u"trash"), tr("&Take this tag away everywhere"), this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTableView(this))
    , m_nothing(new StatePage(this))
    , m_count(new QLabel(this))
{
    setObjectName(u"annotationPanel"_s);
    setAccessibleName(tr("Marked events"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *title = new QLabel(tr("Marked events"), this);
    title->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    m_count->setObjectName(u"annotationCount"_s);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    auto *close = new QToolButton(this);
    close->setIcon(icon(u"clear"));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the list of marked events"));
    close->setToolTip(close->accessibleName());
    m_choice->setObjectName(u"annotationChoice"_s);
    m_choice->setAccessibleName(tr("Which marked events"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_show->setObjectName(u"annotationFilter"_s);
    m_show->setIcon(icon(u"filter"));
    m_show->setToolTip(tr("Show these events in the table"));
    m_show->setAccessibleName(m_show->toolTip());
    m_more->setIcon(icon(u"tag"));
    m_more->setAccessibleName(tr("This tag"));
    m_more->setToolTip(tr("Rename this tag, or take it away"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *tagMenu = new QMenu(m_more);
    tagMenu->addActions({m_rename, m_removeTag});
    m_more->setMenu(tagMenu);

    m_table->setObjectName(u"annotationTable"_s);
    m_table->setAccessibleName(tr("Marked events"));
    m_table->setModel(&m_model);
    m_table->setItemDelegateForColumn(AnnotationModel::Marks, new MarksDelegate(AnnotationModel::MarksRole, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    setFirstFocus(this, m_table);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(metrics::RowHeight);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(4 * metrics::Unit);
    header->resizeSection(AnnotationModel::Marks, 3 * metrics::IconSize + metrics::Unit);
    header->resizeSection(AnnotationModel::Time, 21 * metrics::Unit);
    header->resizeSection(AnnotationModel::Message, 20 * metrics::Unit);
    header->resizeSection(AnnotationModel::Actor, 18 * metrics::Unit);
    header->resizeSection(AnnotationModel::Tags, 14 * metrics::Unit);
    m_nothing->setIcon(u"bookmark");
    m_nothing->setTitle(tr("Nothing is marked"));
    m_nothing->setSentence(tr("Press B on an event to bookmark it, T to tag it, N to write a note."));
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_table);

    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addWidget(m_count, 1);
    head->addWidget(close);
    auto *row = new QHBoxLayout;
    row->addWidget(m_choice, 1);
    row->addWidget(m_more);
    row->addWidget(m_show);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::HalfUnit);
    top->setSpacing(metrics::HalfUnit);
    top->addLayout(head);
    top->addLayout(row);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_pages, 1);
    setMinimumWidth(32 * metrics::Unit);

    connect(close, &QToolButton::clicked, this, &AnnotationPanel::closeRequested);
    connect(m_show, &QToolButton::clicked, this, [this] { Q_EMIT filterRequested(filter()); });
    connect(m_choice, &QComboBox::activated, this, &AnnotationPanel::takeChoice);
    connect(m_rename, &QAction::triggered, this, [this] { renameTag(false); });
    connect(m_removeTag, &QAction::triggered, this, [this] { renameTag(true); });
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT eventRequested(
            index.data(AnnotationModel::SeqRole).toLongLong(), index.data(AnnotationModel::UuidRole).toString());
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &AnnotationPanel::showMenu);
    connect(&m_book, &AnnotationBook::changed, this, &AnnotationPanel::fillChoices);
    connect(&m_model, &AnnotationModel::filled, this, &AnnotationPanel::showState);
    fillChoices();
    showState();
}

void AnnotationPanel::fillChoices()
{
    const QString chosen = m_choice->currentIndex() >= FirstTag ? m_choice->currentData().toString() : QString();
    const int before = m_choice->currentIndex();
    const auto &all = m_book.all();
    const auto bookmarked = std::ranges::count_if(all, &store::Annotation::bookmarked);
    const auto noted = std::ranges::count_if(all, [](const store::Annotation &one) { return !one.note.isEmpty(); });
    const QLocale locale;
    m_choice->clear();
    m_choice->addItem(tr("All (%1)").arg(locale.toString(static_cast<qulonglong>(all.size()))));
    m_choice->addItem(
        icon(u"bookmark"), tr("Bookmarked (%1)").arg(locale.toString(static_cast<qlonglong>(bookmarked))));
    m_choice->addItem(icon(u"note"), tr("With a note (%1)").arg(locale.toString(static_cast<qlonglong>(noted))));
    int index = chosen.isEmpty() ? std::max(0, before) : All;
    for (const AnnotationBook::TagCount &tag : m_book.tags()) {
        m_choice->addItem(
            icon(u"tag"), tr("%1 (%2)").arg(singleLine(tag.tag, 64), locale.toString(tag.count)), tag.tag);
        if (tag.tag.compare(chosen, Qt::CaseInsensitive) == 0) {
            index = m_choice->count() - 1;
        }
    }
    m_choice->setCurrentIndex(index);
    takeChoice();
}

void AnnotationPanel::takeChoice()
{
    AnnotationModel::Choice choice;
    choice.bookmarked = m_choice->currentIndex() == Bookmarks;
    choice.noted = m_choice->currentIndex() == Notes;
    choice.tag = m_choice->currentData().toString();
    m_more->setEnabled(!choice.tag.isEmpty());
    m_model.setChoice(choice);
}

QString AnnotationPanel::filter() const
{
    switch (m_choice->currentIndex()) {
    case All:
        return u"annotation.bookmarked eq true or annotation.tag pr or annotation.note pr"_s;
    case Bookmarks:
        return u"annotation.bookmarked eq true"_s;
    case Notes:
        return u"annotation.note pr"_s;
    default:
        return QString::fromStdString(filter::comparisonText(
            "annotation.tag", filter::Operator::Eq, m_choice->currentData().toString().toStdString()));
    }
}

void AnnotationPanel::showState()
{
    const int rows = m_model.rowCount();
    m_pages->setCurrentWidget(rows > 0 ? static_cast<QWidget *>(m_table) : m_nothing);
    m_count->setText(rows > 0 ? QLocale().toString(rows) : QString());
    m_show->setEnabled(rows > 0);
}

std::vector<store::Seq> AnnotationPanel::selected() const
{
    std::vector<store::Seq> seqs;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        if (const qint64 seq = index.data(AnnotationModel::SeqRole).toLongLong(); seq > 0) {
            seqs.push_back(seq);
        }
    }
    return seqs;
}

void AnnotationPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(u"annotationMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(icon(u"events"), tr("Go to this event")), &QAction::triggered, this,
        [this, index = QPersistentModelIndex(index)] {
            if (index.isValid()) {
                Q_EMIT eventRequested(index.data(AnnotationModel::SeqRole).toLongLong(),
                    index.data(AnnotationModel::UuidRole).toString());
            }
        });
    menu->addSeparator();
    connect(menu->addAction(icon(u"bookmark"), tr("Bookmark, or not")), &QAction::triggered, this,
        [this] { m_annotator.toggleBookmark(selected()); });
    connect(menu->addAction(icon(u"trash"), tr("Take all marks away")), &QAction::triggered, this,
        [this] { m_annotator.clear(selected()); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void AnnotationPanel::renameTag(bool remove)
{
    const QString tag = m_choice->currentData().toString();
    if (tag.isEmpty()) {
        return;
    }
    if (remove) {
        m_annotator.renameTag(tag, {});
        return;
    }
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename a tag"));
    dialog->setLabelText(tr("New name of \u201c%1\u201d:").arg(singleLine(tag, 64)));
    dialog->setTextValue(tag);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, tag](const QString &name) {
        if (!store::normalizedTag(name).isEmpty()) {
            m_annotator.renameTag(tag, name);
        }
    });
    dialog->open();
}

} // namespace octotrail::ui

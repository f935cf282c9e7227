// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FacetRail.h"

#include "filter/Expression.h"
#include "ui/entities/EntityText.h"
#include "ui/events/FacetDelegate.h"
#include "ui/models/EventColumns.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/PlainText.h"

#include <QClipboard>
#include <QCompleter>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QSettings>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

FacetRail::FacetRail(std::shared_ptr<store::Store> store, const EventResult &result, QWidget *parent)
    : QWidget(parent)
    , m_model(std::move(store), result)
    , m_rare(new QToolButton(this))
    , m_view(new QTreeView(this))
    , m_add(new QLineEdit(this))
    , m_note(new QLabel(this))
{
    setObjectName(u"facetRail"_s);
    m_view->setObjectName(u"facets"_s);
    m_view->setAccessibleName(tr("Values of fields"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new FacetDelegate(m_view));
    m_view->setHeaderHidden(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setIndentation(2 * metrics::Unit);
    m_view->setMouseTracking(true);
    m_view->setTabKeyNavigation(false);
    m_view->setExpandsOnDoubleClick(false);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    m_note->setObjectName(u"facetNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setMargin(metrics::Unit);
    m_note->hide();

    auto *completer = new QCompleter(countablePaths(), m_add);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_add->setObjectName(u"addFacet"_s);
    m_add->setCompleter(completer);
    m_add->setPlaceholderText(tr("Add a field\u2026"));
    m_add->setAccessibleName(tr("Add a field"));
    m_add->setMaxLength(512);
    connect(m_add, &QLineEdit::returnPressed, this, [this] { addField(m_add->text()); });
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &FacetRail::addField,
        Qt::QueuedConnection); // after the completer has written it into the field
    connect(m_add, &QLineEdit::textEdited, this, &FacetRail::showState);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    makeHead();
    layout->addWidget(m_note);
    layout->addWidget(m_view, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::HalfUnit);
    foot->addWidget(m_add);
    layout->addLayout(foot);
    setMinimumWidth(20 * metrics::Unit);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setFirstFocus(this, m_view);

    connect(m_view, &QWidget::customContextMenuRequested, this, &FacetRail::showMenu);
    connect(m_view, &QTreeView::collapsed, this,
        [this](const QModelIndex &index) { m_closed << index.data(FacetModel::PathRole).toString(); });
    connect(m_view, &QTreeView::expanded, this,
        [this](const QModelIndex &index) { m_closed.removeAll(index.data(FacetModel::PathRole).toString()); });
    connect(&m_model, &FacetModel::stateChanged, this, &FacetRail::showState);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &FacetRail::openFields);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &FacetRail::openFields);
    openFields();
    showState();
}

FacetRail::~FacetRail() = default;

void FacetRail::makeHead()
{
    auto *title = new QLabel(tr("Fields"), this);
    title->setFont(scaledFont(TextSize::Small));
    title->setForegroundRole(QPalette::PlaceholderText);
    m_rare->setObjectName(u"rareFirst"_s);
    m_rare->setText(tr("Rare first"));
    m_rare->setToolTip(tr("Show the values that occur least before those that occur most"));
    m_rare->setCheckable(true);
    m_rare->setAutoRaise(true);
    m_rare->setFocusPolicy(Qt::StrongFocus);
    m_rare->setFont(scaledFont(TextSize::Small));
    connect(m_rare, &QToolButton::toggled, this, [this](bool on) { m_model.setRareFirst(on); });
    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, 0);
    head->addWidget(title, 1);
    head->addWidget(m_rare);
    static_cast<QVBoxLayout *>(layout())->addLayout(head);
}

void FacetRail::addField(const QString &text)
{
    const QString path = text.trimmed();
    if (path.isEmpty()) {
        return;
    }
    if (path != u"target"_s && !filter::parse(path.toStdString() + " pr")) {
        m_note->setText(
            tr("%1 is no field. Give a path such as debugContext.debugData.risk.").arg(singleLine(path, 80)));
        m_note->show();
        return;
    }
    m_model.addPath(path);
    const auto row = m_model.paths().indexOf(path);
    if (row < 0) {
        m_note->setText(tr("There are %1 fields, which is the most. Remove one (Delete), then add %2.")
                            .arg(FacetModel::mostFields)
                            .arg(singleLine(path, 80)));
        m_note->show();
        return;
    }
    m_add->clear();
    const QModelIndex added = m_model.index(static_cast<int>(row), 0);
    m_view->setCurrentIndex(added);
    m_view->scrollTo(added);
}

void FacetRail::openFields()
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        if (!m_view->isExpanded(index) && !m_closed.contains(index.data(FacetModel::PathRole).toString())) {
            m_view->expand(index);
        }
    }
}

void FacetRail::request(const QModelIndex &index, bool exclude)
{
    if (index.data(FacetModel::IsFieldRole).toBool()) {
        m_view->setExpanded(index, !m_view->isExpanded(index));
    } else if (index.data(FacetModel::IsMoreRole).toBool()) {
        m_model.showMore(index.data(FacetModel::PathRole).toString());
    } else if (index.isValid()) {
        Q_EMIT filterRequested(
            index.data(FacetModel::FilterPathRole).toString(), index.data(FacetModel::ValueRole).toString(), exclude);
    }
}

bool FacetRail::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        return handleKey(*static_cast<QKeyEvent *>(event));
    }
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        return mouse->button() == Qt::LeftButton && handleClick(mouse->pos());
    }
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonDblClick) {
        request(m_view->indexAt(static_cast<QMouseEvent *>(event)->pos()), false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

bool FacetRail::handleKey(const QKeyEvent &event)
{
    const QModelIndex current = m_view->currentIndex();
    const bool field = current.data(FacetModel::IsFieldRole).toBool();
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event.modifiers() & Qt::AltModifier) {
            const auto entity = store::entityOf(current.data(FacetModel::FilterPathRole).toString().toStdString(),
                current.data(FacetModel::ValueRole).toString().toStdString());
            if (entity) {
                Q_EMIT entityRequested(*entity);
            }
            return true;
        }
        request(current, event.modifiers() & Qt::ShiftModifier);
        return true;
    case Qt::Key_Delete:
        if (field) {
            m_model.removePath(current.data(FacetModel::PathRole).toString());
        } else {
            request(current, true);
        }
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (field && event.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
            const QString path = current.data(FacetModel::PathRole).toString();
            m_model.movePath(path, event.key() == Qt::Key_Up ? -1 : 1);
            m_view->setCurrentIndex(m_model.index(static_cast<int>(m_model.paths().indexOf(path)), 0));
            return true;
        }
        return false;
    default:
        return false;
    }
}

bool FacetRail::handleClick(const QPoint &position)
{
    const QModelIndex index = m_view->indexAt(position);
    if (!index.isValid()) {
        return false;
    }
    const QRect row = m_view->visualRect(index);
    if (index.data(FacetModel::IsMoreRole).toBool()) {
        request(index, false);
        return true;
    }
    if (index.data(FacetModel::IsFieldRole).toBool()) {
        if (!row.contains(position)) {
            return false; // the branch's arrow is the view's
        }
        request(index, false);
        return true;
    }
    const bool include = FacetDelegate::includeRect(row).contains(position);
    const bool exclude = FacetDelegate::excludeRect(row).contains(position);
    if (include || exclude) {
        request(index, exclude);
        return true;
    }
    return false;
}

void FacetRail::showMenu(const QPoint &position)
{
    QModelIndex index = m_view->indexAt(position);
    if (!index.isValid()) {
        index = m_view->currentIndex();
    }
    if (!index.isValid() || index.data(FacetModel::IsMoreRole).toBool()) {
        return;
    }
    m_view->setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setObjectName(u"facetMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString path = index.data(FacetModel::PathRole).toString();
    if (index.data(FacetModel::IsFieldRole).toBool()) {
        connect(menu->addAction(icon(u"arrow-up"), tr("Move up")), &QAction::triggered, this,
            [this, path] { m_model.movePath(path, -1); });
        connect(menu->addAction(icon(u"arrow-down"), tr("Move down")), &QAction::triggered, this,
            [this, path] { m_model.movePath(path, 1); });
        connect(menu->addAction(icon(u"clear"), tr("Remove this field")), &QAction::triggered, this,
            [this, path] { m_model.removePath(path); });
        menu->addSeparator();
        connect(menu->addAction(tr("Usual fields")), &QAction::triggered, this,
            [this] { m_model.setPaths(FacetModel::usualPaths()); });
        connect(menu->addAction(icon(u"copy"), tr("Copy path")), &QAction::triggered, this,
            [path] { QGuiApplication::clipboard()->setText(path); });
    } else {
        const QPersistentModelIndex kept(index);
        const QString value = index.data(FacetModel::ValueRole).toString();
        const QString filterPath = index.data(FacetModel::FilterPathRole).toString();
        connect(menu->addAction(icon(u"filter"), tr("Filter to this value")), &QAction::triggered, this,
            [this, filterPath, value] { Q_EMIT filterRequested(filterPath, value, false); });
        connect(menu->addAction(icon(u"exclude"), tr("Exclude this value")), &QAction::triggered, this,
            [this, filterPath, value] { Q_EMIT filterRequested(filterPath, value, true); });
        if (const auto entity = store::entityOf(filterPath.toStdString(), value.toStdString())) {
            connect(menu->addAction(icon(entityIconName(entity->kind)), actionText(openEntityText(*entity))),
                &QAction::triggered, this, [this, entity] { Q_EMIT entityRequested(*entity); });
        }
        menu->addSeparator();
        connect(menu->addAction(icon(u"copy"), tr("Copy")), &QAction::triggered, this,
            [value] { QGuiApplication::clipboard()->setText(value); });
    }
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void FacetRail::showState()
{
    QString note;
    Tone tone = Tone::Muted;
    if (m_model.state() == FacetModel::State::Failed) {
        note = tr("The values could not be counted: %1").arg(m_model.error().sentence);
        tone = Tone::Bad;
    } else if (m_model.state() == FacetModel::State::Unknown) {
        note = tr("No values: the search did not come to its end.");
    } else if (m_model.rowCount() == 0) {
        note = tr("No field is chosen. Add one below.");
    }
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, toneColor(tone, palette()));
    m_note->setPalette(colors);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_view->setEnabled(m_model.state() != FacetModel::State::Unknown);
}

void FacetRail::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.setActive(true);
}

void FacetRail::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model.setActive(false);
}

void FacetRail::saveState(QSettings &settings) const
{
    settings.setValue("facets", m_model.paths());
    settings.setValue("facetsClosed", m_closed);
    settings.setValue("facetsRare", m_model.isRareFirst());
}

void FacetRail::restoreState(const QSettings &settings)
{
    m_closed = settings.value("facetsClosed").toStringList();
    if (settings.contains("facets")) {
        m_model.setPaths(settings.value("facets").toStringList());
    }
    m_rare->setChecked(settings.value("facetsRare").toBool());
}

} // namespace octotrail::ui

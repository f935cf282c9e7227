// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/HoverCard.h"

#include "event/Json.h"
#include "store/Profiles.h"
#include "ui/entities/EntityText.h"
#include "ui/events/EventTable.h"
#include "ui/profiles/ProfileSummary.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QFormLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QScreen>
#include <QScrollBar>
#include <algorithm>
#include <span>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::EntityAspect;

namespace {

constexpr int values = 3; ///< of an aspect
constexpr std::size_t mostTargets = 8;
constexpr int cardWidth = 46 * metrics::Unit;

bool hasCard(int column)
{
    return column == static_cast<int>(EventColumn::Actor) || column == static_cast<int>(EventColumn::ClientIp)
        || column == static_cast<int>(EventColumn::Targets);
}

/// "Berlin, Germany (120), Paris, France (3) and 4 more"
QString listOf(EntityAspect aspect, const store::EntityFacet &facet)
{
    QStringList parts;
    for (const store::EntityValue &value : facet.values) {
        if (!value.isBlank() && parts.size() < values) {
            parts << HoverCard::tr("%1 (%2)").arg(aspectText(aspect, value), QLocale().toString(value.count));
        }
    }
    const auto more = facet.distinct - parts.size();
    const QString list = parts.join(u", "_s);
    return more > 0 && !parts.isEmpty() ? HoverCard::tr("%1 and %2 more").arg(list, QLocale().toString(more)) : list;
}

QString valueAt(const store::Profile &profile, std::string_view path)
{
    QString value;
    event::visitValues(profile.bytes, event::FieldPath(path), [&value](std::string_view text, event::JsonKind) {
        value = singleLine(decoded(text), 80);
        return false;
    });
    return value;
}

} // namespace

HoverCard::HoverCard(std::shared_ptr<store::Store> store, EventTable &table)
    : QFrame(&table, Qt::ToolTip | Qt::FramelessWindowHint)
    , m_store(std::move(store))
    , m_table(table)
    , m_viewport(table.viewport())
    , m_kind(new QLabel(this))
    , m_title(new QLabel(this))
    , m_state(new QLabel(this))
    , m_rows(new QFormLayout)
{
    setObjectName(u"hoverCard"_s);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    for (QLabel *label : {m_kind, m_title, m_state}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_kind->setFont(scaledFont(TextSize::Small));
    m_kind->setForegroundRole(QPalette::PlaceholderText);
    m_title->setObjectName(u"hoverTitle"_s);
    m_title->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    m_state->setObjectName(u"hoverState"_s);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setHorizontalSpacing(2 * metrics::Unit);
    m_rows->setVerticalSpacing(metrics::HalfUnit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(
        metrics::Unit + metrics::HalfUnit, metrics::Unit, metrics::Unit + metrics::HalfUnit, metrics::Unit);
    layout->setSpacing(metrics::HalfUnit);
    layout->addWidget(m_kind);
    layout->addWidget(m_title);
    layout->addLayout(m_rows);
    layout->addWidget(m_state);
    setFixedWidth(cardWidth);
    m_viewport->installEventFilter(this);
    m_table.installEventFilter(this);
    for (QScrollBar *bar : {m_table.verticalScrollBar(), m_table.horizontalScrollBar()}) {
        connect(bar, &QScrollBar::valueChanged, this, &HoverCard::dismiss);
    }
    connect(m_table.model(), &QAbstractItemModel::modelReset, this, &HoverCard::dismiss);
    connect(m_table.selectionModel(), &QItemSelectionModel::currentChanged, this, &HoverCard::dismiss);
}

HoverCard::~HoverCard()
{
    m_stop.request_stop();
}

bool HoverCard::eventFilter(QObject *watched, QEvent *event)
{
    const bool isViewport = watched == m_viewport;
    switch (event->type()) {
    case QEvent::ToolTip:
        if (isViewport) {
            const QModelIndex index = m_table.indexAt(static_cast<QHelpEvent *>(event)->pos());
            if (index.isValid() && showFor(index)) {
                return true;
            }
        }
        break;
    case QEvent::MouseMove:
        if (isViewport && isVisible()) {
            const QModelIndex index = m_table.indexAt(static_cast<QMouseEvent *>(event)->position().toPoint());
            if (index != m_index) {
                dismiss();
            }
        }
        break;
    case QEvent::Leave:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        if (isViewport) {
            dismiss();
        }
        break;
    case QEvent::FocusOut:
    case QEvent::Hide:
        if (!isViewport) {
            dismiss();
        }
        break;
    case QEvent::KeyPress:
        if (isVisible() && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            dismiss();
            return true;
        }
        break;
    case QEvent::ShortcutOverride:
        // While it is shown Esc closes it, and nothing else.
        if (isVisible() && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

void HoverCard::showForCurrent()
{
    const QModelIndex current = m_table.currentIndex();
    if (!current.isValid()) {
        return;
    }
    if (!showFor(current)) {
        showFor(current.siblingAtColumn(static_cast<int>(EventColumn::Actor)));
    }
}

bool HoverCard::showFor(const QModelIndex &index)
{
    if (!hasCard(index.column()) || index.data(EventTableModel::IsLoadingRole).toBool()) {
        return false;
    }
    if (index == m_index && isVisible()) {
        return true;
    }
    const std::string value = index.data(EventTableModel::RawValueRole).toString().toStdString();
    if (value.empty()) {
        return false;
    }
    m_index = index;
    if (index.column() == static_cast<int>(EventColumn::Actor)) {
        showEntity(store::Entity::actor(value));
    } else if (index.column() == static_cast<int>(EventColumn::ClientIp)) {
        showEntity(store::Entity::address(value));
    } else {
        // The cell is a summary: whom it names is in the event.
        const quint64 job = ++m_job;
        m_reading = true;
        whenFinished(m_store->event(index.data(EventTableModel::SeqRole).toLongLong()), this,
            [this, job](const event::Result<store::StoredEvent> &read) {
                if (job != m_job) {
                    return;
                }
                if (read) {
                    showTargets(read->event);
                } else {
                    dismiss();
                }
            });
    }
    return true;
}

/// The first target that has a page, one other than the actor if there is; if none has, what the event says of each.
void HoverCard::showTargets(const event::LogEvent &event)
{
    const std::string_view actor = event.text(event::field::ActorAlternateId).value_or(std::string_view());
    std::vector<store::Entity> named;
    for (store::Entity &entity : entitiesOf(event)) {
        if (entity.kind == store::EntityKind::App
            || (entity.kind == store::EntityKind::Actor && entity.value != actor)) {
            named.push_back(std::move(entity));
        }
    }
    if (!named.empty()) {
        showEntity(named.front());
        return;
    }
    const auto targets = event.targets();
    startCard(tr("Targets"), targets.size() == 1 ? tr("One target") : tr("%1 targets").arg(targets.size()));
    m_entity.reset();
    m_reading = false;
    m_state->hide();
    for (const event::LogEvent::Target &target : std::span(targets).first(std::min(targets.size(), mostTargets))) {
        const auto line = [](std::optional<std::string_view> text) {
            return text && !namesNothing(*text) ? singleLine(decoded(*text), 80) : QString();
        };
        QStringList names{line(target.displayName), line(target.alternateId), line(target.id)};
        names.removeAll(QString());
        names.removeDuplicates();
        const QString type = line(target.type);
        addRow(type.isEmpty() ? tr("Target") : type, names.join(u'\n'));
    }
    place();
    show();
}

/// Empty but for what stands above.
void HoverCard::startCard(const QString &kind, const QString &title)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    ++m_job;
    clearRows();
    m_kind->setText(kind);
    m_title->setText(title);
}

void HoverCard::showEntity(const store::Entity &entity)
{
    startCard(entityKindText(entity.kind), entityTitle(entity));
    m_entity = entity;
    m_reading = true;
    m_state->setText(tr("Counting\u2026"));
    m_state->show();
    place();
    show();
    store::EntityRequest request;
    request.entity = entity;
    request.limit = values + 1;
    whenFinished(store::EntityProfile(*m_store).count(std::move(request), m_stop), this,
        [this, job = m_job](const event::Result<store::EntityData> &counted) {
            if (job != m_job) {
                return;
            }
            m_reading = false;
            if (counted) {
                take(*counted);
            } else if (counted.error().kind != event::ErrorKind::Cancelled) {
                m_state->setText(counted.error().sentence);
            }
            place();
        });
}

void HoverCard::take(const store::EntityData &told)
{
    const QLocale locale;
    if (told.first && told.last) {
        addRow(tr("First seen"), m_time.full(*told.first));
        addRow(tr("Last seen"), m_time.full(*told.last));
    }
    addRow(tr("Events"), locale.toString(told.total));
    for (const auto &[aspect, label] :
        {std::pair(EntityAspect::Outcome, tr("Outcomes")), std::pair(EntityAspect::Actor, tr("Actors")),
            std::pair(EntityAspect::Location, tr("Locations")), std::pair(EntityAspect::Address, tr("Addresses")),
            std::pair(EntityAspect::Network, tr("Networks")), std::pair(EntityAspect::App, tr("Apps"))}) {
        const bool isItself = (aspect == EntityAspect::Actor && m_entity->kind == store::EntityKind::Actor)
            || (aspect == EntityAspect::Address && m_entity->kind == store::EntityKind::Address)
            || (aspect == EntityAspect::App && m_entity->kind == store::EntityKind::App);
        const QString list = isItself ? QString() : listOf(aspect, told.facet(aspect));
        if (!list.isEmpty()) {
            addRow(label, list);
        }
    }
    if (told.alertCount > 0) {
        addRow(tr("Alerts"), locale.toString(told.alertCount));
    }
    m_state->setText(tr("Alt+Enter, or a click on the sign at the cell's end, opens its page."));
    if (m_entity->kind != store::EntityKind::Actor) {
        return;
    }
    std::vector<std::string> ids;
    for (const store::EntityValue &actor : told.facet(EntityAspect::Actor).values) {
        if (!actor.parts.empty() && !actor.parts.back().empty()) {
            ids.push_back(actor.parts.back());
        }
    }
    if (ids.empty()) {
        return;
    }
    whenFinished(store::Profiles(*m_store).find(store::ProfileKind::User, std::move(ids)), this,
        [this, job = m_job](const event::Result<std::vector<store::Profile>> &found) {
            if (job != m_job || !found || found->empty()) {
                return;
            }
            const store::Profile &profile = found->front();
            addRow(tr("Name"), singleLine(profileTitle(profile), 80));
            addRow(tr("Status"), profileStatusText(profile));
            addRow(tr("Title"), valueAt(profile, "profile.title"));
            addRow(tr("Department"), valueAt(profile, "profile.department"));
            addRow(tr("Manager"), valueAt(profile, "profile.manager"));
            place();
        });
}

void HoverCard::addRow(const QString &label, const QString &text)
{
    if (text.isEmpty()) {
        return;
    }
    auto *name = new QLabel(label, this);
    name->setTextFormat(Qt::PlainText);
    name->setForegroundRole(QPalette::PlaceholderText);
    auto *value = new QLabel(text, this);
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setMinimumWidth(1);
    value->setAccessibleName(label);
    m_rows->addRow(name, value);
    // Or else they are shown, and counted by the layout, only after the card has taken its height.
    name->show();
    value->show();
}

void HoverCard::clearRows()
{
    while (m_rows->rowCount() > 0) {
        m_rows->removeRow(0);
    }
}

/// Below the cell, or above it where there is no room.
void HoverCard::place()
{
    layout()->invalidate();
    layout()->activate();
    const int high = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(cardWidth) : sizeHint().height();
    resize(cardWidth, high + 2 * frameWidth());
    if (!m_index.isValid()) {
        return;
    }
    const QRect cell = m_table.visualRect(m_index);
    QPoint place = m_table.viewport()->mapToGlobal(cell.bottomLeft() + QPoint(metrics::Unit, 2));
    const QRect screen = m_table.screen()->availableGeometry();
    if (place.y() + height() > screen.bottom()) {
        place.setY(m_table.viewport()->mapToGlobal(cell.topLeft()).y() - height() - 2);
    }
    place.setX(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - cardWidth)));
    move(place);
}

void HoverCard::dismiss()
{
    if (isVisible() || m_reading) {
        ++m_job;
        m_stop.request_stop();
        m_reading = false;
        m_entity.reset();
        m_index = QPersistentModelIndex();
        hide();
    }
}

} // namespace octotrail::ui

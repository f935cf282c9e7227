// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/EntityPicker.h"

#include "ui/entities/EntityText.h"
#include "ui/events/ValueSuggestions.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStringListModel>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::EntityKind;

namespace {

const QString deviceHash = u"debugContext.debugData.dtHash"_s;

} // namespace

EntityPicker::EntityPicker(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_suggestions(new ValueSuggestions(store, this))
    , m_hashes(new ValueSuggestions(std::move(store), this))
    , m_kind(new QComboBox(this))
    , m_edit(new QLineEdit(this))
    , m_values(new QStringListModel(this))
{
    for (const EntityKind kind : {EntityKind::Actor, EntityKind::Address, EntityKind::Device, EntityKind::App}) {
        m_kind->addItem(icon(entityIconName(kind)), entityKindText(kind));
    }
    m_kind->setObjectName(u"entityKind"_s);
    m_kind->setAccessibleName(tr("What to open"));
    m_edit->setObjectName(u"entityEdit"_s);
    m_edit->setPlaceholderText(tr("Open\u2026"));
    m_edit->setAccessibleName(tr("Name of what to open"));
    m_edit->setMaxLength(512);
    m_edit->setClearButtonEnabled(true);
    m_edit->setMinimumWidth(34 * metrics::Unit);
    auto *completer = new QCompleter(m_values, m_edit);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCompletionMode(QCompleter::PopupCompletion);
    m_edit->setCompleter(completer);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::HalfUnit);
    layout->addWidget(m_kind);
    layout->addWidget(m_edit, 1);
    setFirstFocus(this, m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, &EntityPicker::complete);
    connect(m_edit, &QLineEdit::returnPressed, this, &EntityPicker::pick);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &EntityPicker::pick,
        Qt::QueuedConnection); // after the completer has written it into the field
    for (const ValueSuggestions *suggestions : {m_suggestions, m_hashes}) {
        connect(suggestions, &ValueSuggestions::answered, this, &EntityPicker::suggest);
    }
}

QString EntityPicker::path() const
{
    switch (static_cast<EntityKind>(m_kind->currentIndex())) {
    case EntityKind::Actor:
        return u"actor.alternateId"_s;
    case EntityKind::Address:
        return u"client.ipAddress"_s;
    case EntityKind::Device:
        return u"device.name"_s;
    case EntityKind::App:
        break;
    }
    return u"target"_s;
}

/// Whose values are suggested: of an app that is its name, as Okta gives it in targets.
QString EntityPicker::suggestedPath() const
{
    const QString path = this->path();
    return path == u"target"_s ? u"target.alternateId"_s : path;
}

void EntityPicker::complete()
{
    const QString text = m_edit->text();
    static const QRegularExpression address(u"^([0-9]{1,3}(\\.[0-9]{1,3}){1,3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*)$"_s);
    if (address.match(text).hasMatch()) {
        m_kind->setCurrentIndex(static_cast<int>(EntityKind::Address));
    } else if (text.contains(u'@')) {
        m_kind->setCurrentIndex(static_cast<int>(EntityKind::Actor));
    }
    if (!text.isEmpty()) {
        m_suggestions->ask(suggestedPath(), text);
        if (path() == u"device.name"_s) {
            m_hashes->ask(deviceHash, text);
        }
    } else {
        m_values->setStringList({});
    }
}

void EntityPicker::suggest()
{
    const QString text = m_edit->text();
    if (!m_edit->hasFocus() || !m_suggestions->isAnswered(suggestedPath(), text)) {
        return;
    }
    QStringList values = m_suggestions->values();
    if (path() == u"target"_s) {
        values.removeIf([](const QString &value) { return value.contains(u'@'); }); // somebody, no app
    } else if (path() == u"device.name"_s && m_hashes->isAnswered(deviceHash, text)) {
        values += m_hashes->values();
    }
    m_values->setStringList(values);
    m_edit->completer()->complete();
}

void EntityPicker::pick()
{
    const std::string value = m_edit->text().trimmed().toStdString();
    if (value.empty()) {
        return;
    }
    const QString text = m_edit->text().trimmed();
    m_edit->clear();
    QString path = this->path();
    if (path == u"device.name"_s && !m_suggestions->values().contains(text)) {
        static const QRegularExpression hash(u"^[0-9a-fA-F]{32,}$"_s);
        const bool isHash = m_hashes->values().contains(text) || hash.match(text).hasMatch();
        path = text.startsWith(u"guo") ? u"device.id"_s : isHash ? deviceHash : path; // an Okta device id begins so
    }
    const auto entity = store::entityOf(path.toStdString(), value);
    Q_EMIT picked(entity.value_or(store::Entity::app(value)));
}

} // namespace octotrail::ui

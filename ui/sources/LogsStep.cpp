// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/LogsStep.h"

#include "okta/LogType.h"
#include "ui/sources/FieldCheck.h"
#include "ui/sources/FieldMessage.h"
#include "ui/sources/FormLook.h"
#include "ui/sources/OptionRow.h"
#include "ui/sources/ServerFilter.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui_LogsStep.h"

#include <QCheckBox>
#include <QDateTime>
#include <algorithm>

namespace octotrail::ui {

using Kind = FieldMessage::Kind;
using Start = store::SourceConfig::Start;

namespace {

constexpr int retentionDays = 90; ///< what Okta keeps

event::Timestamp startOfDay(const QDate &date)
{
    return event::Timestamp(std::chrono::milliseconds(date.startOfDay(Qt::UTC).toMSecsSinceEpoch()));
}

QDate dayOf(event::Timestamp time)
{
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).date();
}

} // namespace

LogsStep::LogsStep(QWidget *parent)
    : WizardStep(parent)
    , m_form(std::make_unique<Ui::LogsStep>())
{
    m_form->setupUi(this);
    alignControls(this);
    m_form->start->addItem(tr("Now"), int(Start::Now));
    m_form->start->addItem(tr("1 day ago"), int(Start::Days1));
    m_form->start->addItem(tr("7 days ago"), int(Start::Days7));
    m_form->start->addItem(tr("30 days ago"), int(Start::Days30));
    m_form->start->addItem(tr("90 days ago"), int(Start::Days90));
    m_form->start->addItem(tr("A date"), int(Start::Date));
    m_form->startMessage->setField(m_form->start);
    m_form->filter->setFont(codeFont());
    m_form->filterMessage->setField(m_form->filter);
    m_form->filterMessage->setHint(
        tr("In Okta's filter language. Okta sends matching events only: what it leaves out cannot be searched later."));
    addLogTypes();

    m_filterCheck = new FieldCheck(
        m_form->filter, m_form->filterMessage,
        [this] {
            const auto status = checkServerFilter(m_form->filter->text());
            return status ? QString() : status.error().sentence;
        },
        this);
    connect(m_form->start, &QComboBox::currentIndexChanged, this, [this] {
        updateStart();
        Q_EMIT changed();
    });
    connect(m_form->filter, &QLineEdit::textChanged, this, &LogsStep::changed);
    updateStart();
}

LogsStep::~LogsStep() = default;

QString LogsStep::title() const
{
    return tr("Log types");
}

QString LogsStep::heading() const
{
    return tr("Choose what to collect");
}

QString LogsStep::introduction() const
{
    return tr("Everything here can be changed later.");
}

void LogsStep::load(const SourceDraft &draft)
{
    const store::SourceConfig &config = draft.config;
    m_isNew = draft.isNew();
    m_unknownLogTypes = config.logTypes;
    for (const LogTypeBox &type : std::as_const(m_logTypes)) {
        type.box->setChecked(config.logTypes.contains(type.id));
        m_unknownLogTypes.removeAll(type.id);
    }
    const QDate today = QDateTime::currentDateTimeUtc().date();
    QDate first = today.addDays(-retentionDays);
    const QDate chosen = config.startDate ? dayOf(*config.startDate) : today.addDays(-1);
    first = std::min(first, m_isNew ? first : chosen); // an old source's date is shown as it was
    m_form->date->setDateRange(first, today);
    m_form->date->setDate(chosen);
    m_form->start->setCurrentIndex(m_form->start->findData(int(config.start)));
    m_form->interval->setValue(int(config.pollInterval.count()));
    m_form->filter->setText(config.filter);
    updateStart();
}

void LogsStep::save(SourceDraft &draft) const
{
    store::SourceConfig &config = draft.config;
    config.logTypes = m_unknownLogTypes;
    for (const LogTypeBox &type : m_logTypes) {
        if (type.box->isChecked()) {
            config.logTypes.append(type.id);
        }
    }
    config.start = Start(m_form->start->currentData().toInt());
    config.startDate.reset();
    if (config.start == Start::Date) {
        config.startDate = startOfDay(m_form->date->date());
    }
    config.pollInterval = std::chrono::seconds(m_form->interval->value());
    config.filter = m_form->filter->text().trimmed();
}

bool LogsStep::validate()
{
    const bool logTypesAreGood = checkLogTypes();
    const bool filterIsGood = m_filterCheck->check();
    if (!logTypesAreGood) {
        focusField(SourceField::LogTypes, {});
    } else if (!filterIsGood) {
        m_form->filter->setFocus(Qt::OtherFocusReason);
    }
    return logTypesAreGood && filterIsGood;
}

bool LogsStep::focusField(SourceField field, const QString &fault)
{
    if (field == SourceField::Filter) {
        m_filterCheck->showFault(fault);
        m_form->filter->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (field == SourceField::LogTypes) {
        m_logTypes.constFirst().box->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

void LogsStep::focusFirst()
{
    m_logTypes.constFirst().box->setFocus(Qt::OtherFocusReason);
}

void LogsStep::addLogTypes()
{
    QWidget *previous = nullptr;
    for (const okta::LogType &type : okta::logTypes()) {
        auto *row = new OptionRow(this);
        row->box()->setObjectName(type.id);
        row->setText(type.title, type.description);
        m_form->logTypes->addWidget(row);
        m_logTypes.append({type.id, row->box()});
        connect(row->box(), &QCheckBox::toggled, this, [this] {
            if (m_form->logTypesMessage->kind() == Kind::Error) {
                checkLogTypes();
            }
            Q_EMIT changed();
        });
        if (previous) {
            setTabOrder(previous, row->box());
        }
        previous = row->box();
    }
    setTabOrder(previous, m_form->start);
    // With one entry there is no hint to give; the line's room would only look like a gap.
    m_form->logTypesMessage->setVisible(false);
}

bool LogsStep::checkLogTypes()
{
    const bool any = !m_unknownLogTypes.isEmpty()
        || std::ranges::any_of(m_logTypes, [](const LogTypeBox &type) { return type.box->isChecked(); });
    m_form->logTypesMessage->setVisible(!any);
    m_form->logTypesMessage->setMessage(Kind::Error, any ? QString() : tr("Choose at least one log type to collect."));
    return any;
}

void LogsStep::updateStart()
{
    const bool byDate = m_form->start->currentData().toInt() == int(Start::Date);
    m_form->date->setVisible(byDate);
    m_form->dateLabel->setVisible(byDate);
    m_form->times->setColumnStretch(1, byDate ? 1 : 0);
    m_form->times->setHorizontalSpacing(byDate ? metrics::Unit : metrics::HalfUnit); // around the empty column too
    m_form->startMessage->setHint(m_isNew
            ? tr("Okta keeps events for 90 days. Older ones can be imported from archives.")
            : tr("Collection goes on where it stands. The start counts only for what has never been collected."));
}

} // namespace octotrail::ui

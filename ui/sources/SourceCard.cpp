// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SourceCard.h"

#include "ui/sources/FactsRow.h"
#include "ui/sources/Note.h"
#include "ui/sources/RelativeTime.h"
#include "ui/sources/SourceHealth.h"
#include "ui/sources/SourceTest.h"
#include "ui/sources/StateLook.h"
#include "ui/sources/StatusIcon.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace octotrail::ui {

using collect::State;

namespace {

constexpr int narrow = 80 * metrics::Unit; ///< under this the buttons show their icons alone

enum StoredFact { StoredEvents, OldestStored, NewestStored };
enum Fact { LastPoll, NewestEvent, NextTry, Events, Duplicates, Pages, Lag, FoundLate, Calls, Clock };

/// By more than this a clock is wrong; less is what a request takes.
constexpr auto usualSkew = std::chrono::seconds(5);

ToneLabel *plainLabel(QWidget *parent, Tone tone = Tone::Plain)
{
    auto *label = new ToneLabel(parent, tone);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// Whose rights the source has.
QString credentialText(const store::SourceConfig &source, const collect::SourceStatus &status)
{
    if (source.authentication == store::SourceConfig::Authentication::ServiceApp) {
        return QObject::tr("Service app %1").arg(singleLine(source.clientId, 100));
    }
    return status.owner.isEmpty() ? QObject::tr("API token")
                                  : QObject::tr("API token of %1").arg(singleLine(status.owner, 500));
}

QString profileText(const QString &what, qint64 count, const QString &sentence)
{
    const QString known = count > 0 ? QObject::tr("%1 at the last refresh").arg(QLocale().toString(count))
                                    : QObject::tr("not refreshed yet");
    return sentence.isEmpty() ? what.arg(known) : multiLine(sentence, 1000);
}

} // namespace

SourceCard::SourceCard(QWidget *parent)
    : Panel(parent)
    , m_icon(new StatusIcon(this))
    , m_name(plainLabel(this))
    , m_state(plainLabel(this))
    , m_origin(plainLabel(this, Tone::Muted))
    , m_credential(plainLabel(this, Tone::Muted))
    , m_sentence(plainLabel(this))
    , m_attention(new Note(this))
    , m_mend(new QPushButton(this))
    , m_silence(new Note(this))
    , m_facts(new FactsRow(this))
    , m_storedFacts(new FactsRow(this))
    , m_health(new SourceHealth(this))
    , m_test(new SourceTest(this))
    , m_users(plainLabel(this))
    , m_devices(plainLabel(this))
    , m_actions(new QWidget(this))
    , m_removal(new Note(this))
    , m_problem(new Note(this))
{
    m_name->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_name->setObjectName(QStringLiteral("name"));
    m_state->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    m_state->setObjectName(QStringLiteral("state"));
    m_credential->setObjectName(QStringLiteral("credential"));
    m_sentence->setObjectName(QStringLiteral("sentence"));
    m_users->setObjectName(QStringLiteral("users"));
    m_devices->setObjectName(QStringLiteral("devices"));
    m_attention->setObjectName(QStringLiteral("attention"));
    m_mend->setObjectName(QStringLiteral("mend"));
    m_removal->setObjectName(QStringLiteral("removal"));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_silence->setObjectName(QStringLiteral("silence"));
    m_health->setObjectName(QStringLiteral("health"));
    m_test->setObjectName(QStringLiteral("test"));
    m_facts->setObjectName(QStringLiteral("facts"));
    for (const QString &name : {tr("Last poll"), tr("Newest event"), tr("Next try"), tr("Events"), tr("Duplicates"),
             tr("Pages"), tr("Lag"), tr("Found late"), tr("API calls"), tr("Okta's clock")}) {
        m_facts->addFact(name);
    }
    m_storedFacts->setObjectName(QStringLiteral("storedFacts"));
    for (const QString &name : {tr("Events"), tr("Oldest event"), tr("Newest event")}) {
        m_storedFacts->addFact(name);
    }
    m_storedFacts->hide();
    m_attention->addWidget(m_mend);
    m_mend->setAutoDefault(true);
    connect(m_mend, &QPushButton::clicked, this, [this] {
        if (const auto field = fieldToMend(m_status, m_source)) {
            Q_EMIT mendRequested(*field, m_status.sentence);
        }
    });
    buildActions();
    buildRemoval();
    build();
    connect(m_health, &SourceHealth::pauseBackfillRequested, this, &SourceCard::pauseBackfillRequested);
    connect(m_health, &SourceHealth::resumeBackfillRequested, this, &SourceCard::resumeBackfillRequested);
    connect(m_health, &SourceHealth::cancelBackfillRequested, this, &SourceCard::cancelBackfillRequested);
    connect(m_health, &SourceHealth::fillGapsRequested, this, &SourceCard::fillGapsRequested);
    connect(m_test, &SourceTest::mendRequested, this, &SourceCard::mendRequested);
    connect(m_test, &SourceTest::finished, this, [this] { m_tryConnection->setEnabled(true); });
    m_attention->hide();
    m_silence->hide();
    m_removal->hide();
    m_problem->hide();
}

void SourceCard::build()
{
    m_icon->setFixedSize(3 * metrics::Unit, 3 * metrics::Unit);
    auto *names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(m_name);
    names->addWidget(m_origin);
    names->addWidget(m_credential);
    auto *header = new QHBoxLayout;
    header->setSpacing(metrics::Unit + metrics::HalfUnit);
    header->addWidget(m_icon, 0, Qt::AlignTop);
    header->addLayout(names, 1);
    header->addWidget(m_actions, 0, Qt::AlignTop);

    auto *column = new QVBoxLayout;
    column->setContentsMargins(3 * metrics::Unit + metrics::Unit + metrics::HalfUnit, 0, 0, 0);
    column->setSpacing(metrics::Unit + metrics::HalfUnit);
    auto *state = new QHBoxLayout;
    state->setSpacing(metrics::Unit);
    m_state->setWordWrap(false);
    state->addWidget(m_state, 0, Qt::AlignTop);
    state->addWidget(m_sentence, 1);
    column->addLayout(state);
    column->addWidget(m_attention);
    column->addWidget(m_silence);
    column->addWidget(m_facts);
    column->addWidget(m_storedFacts);
    column->addWidget(m_health);
    auto *profiles = new QVBoxLayout;
    profiles->setSpacing(metrics::HalfUnit);
    profiles->addWidget(m_users);
    profiles->addWidget(m_devices);
    column->addLayout(profiles);
    column->addWidget(m_test);
    column->addWidget(m_problem);
    column->addWidget(m_removal);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(metrics::Unit + metrics::HalfUnit);
    layout->addLayout(header);
    layout->addLayout(column);
}

void SourceCard::buildActions()
{
    auto *layout = new QHBoxLayout(m_actions);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::HalfUnit);
    m_actions->setMinimumWidth(5 * metrics::ControlHeight); // as icons alone: see resizeEvent()
    m_poll = addAction(u"refresh", tr("Poll now"), "poll");
    m_pause = addAction(u"pause", tr("Pause"), "pause");
    m_tryConnection = addAction(u"connect", tr("Test"), "tryConnection");
    m_edit = addAction(u"edit", tr("Edit"), "edit");
    m_remove = addAction(u"trash", tr("Remove"), "remove");
    connect(m_poll, &QToolButton::clicked, this, &SourceCard::pollRequested);
    connect(m_pause, &QToolButton::clicked, this, [this] {
        if (m_source.paused) {
            Q_EMIT resumeRequested();
        } else {
            Q_EMIT pauseRequested();
        }
    });
    connect(m_tryConnection, &QToolButton::clicked, this, &SourceCard::testRequested);
    connect(m_edit, &QToolButton::clicked, this, &SourceCard::editRequested);
    connect(m_remove, &QToolButton::clicked, this, &SourceCard::askRemoval);
}

QToolButton *SourceCard::addAction(QStringView iconName, const QString &text, const char *objectName)
{
    auto *button = new QToolButton(m_actions);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setIcon(icon(iconName));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    m_actions->layout()->addWidget(button);
    return button;
}

void SourceCard::buildRemoval()
{
    auto *buttons = new QWidget(m_removal);
    auto *layout = new QHBoxLayout(buttons);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Unit);
    m_keepEvents = new QPushButton(tr("Keep its events"), buttons);
    m_keepEvents->setObjectName(QStringLiteral("keepEvents"));
    m_removeEvents = new QPushButton(tr("Remove its events too"), buttons);
    m_removeEvents->setObjectName(QStringLiteral("removeEvents"));
    m_keepSource = new QPushButton(tr("Cancel"), buttons);
    m_keepSource->setObjectName(QStringLiteral("keepSource"));
    for (QPushButton *button : {m_keepEvents, m_removeEvents, m_keepSource}) {
        button->setAutoDefault(true);
        layout->addWidget(button);
    }
    layout->addStretch();
    m_removal->addWidget(buttons);

    connect(m_keepEvents, &QPushButton::clicked, this, [this] {
        setRemoving(true);
        Q_EMIT removeRequested(false);
    });
    connect(m_removeEvents, &QPushButton::clicked, this, [this] {
        setRemoving(true);
        Q_EMIT removeRequested(true);
    });
    connect(m_keepSource, &QPushButton::clicked, this, &SourceCard::endRemoval);
    auto *escape = new QShortcut(Qt::Key_Escape, m_removal);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &SourceCard::endRemoval);
}

void SourceCard::setSource(const store::SourceConfig &source)
{
    m_source = source;
    m_source.name = singleLine(source.name, 200);
    m_status.source = source.id;
    updateState();
}

void SourceCard::setStatus(const collect::SourceStatus &status)
{
    const bool newlyStopped = status.state == State::NeedsAttention && m_status.state != State::NeedsAttention;
    m_status = status;
    updateState();
    if (newlyStopped && isVisible()) {
        QAccessibleEvent event(m_attention, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void SourceCard::setStored(const store::SourceCounts &counts)
{
    m_stored = counts;
    m_actions->hide();
    m_health->showGapsAlone();
    updateState();
}

void SourceCard::setCounts(const store::SourceCounts &counts)
{
    m_counts = counts;
    updateEvents();
    updateTimes();
}

void SourceCard::setSilence(const QString &sentence)
{
    const bool isNew = !sentence.isEmpty() && m_silence->isHidden();
    m_silence->setText(Tone::Warning, sentence);
    m_silence->setVisible(!sentence.isEmpty());
    if (isNew && isVisible()) {
        QAccessibleEvent event(m_silence, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void SourceCard::setGaps(const std::vector<store::Gap> &gaps)
{
    m_health->setGaps(gaps);
}

void SourceCard::test(secrets::Vault &vault)
{
    m_tryConnection->setEnabled(false);
    m_test->start(m_source, vault);
}

void SourceCard::setTimeDisplay(const TimeDisplay &times)
{
    m_times = times;
    m_health->setTimeDisplay(times);
    updateTimes();
}

void SourceCard::updateTimes()
{
    const event::Timestamp now = event::now();
    if (m_stored) {
        const auto showStored = [&](StoredFact fact, const std::optional<event::Timestamp> &time) {
            m_storedFacts->setValue(fact, time ? m_times.seconds(*time) : QStringLiteral("–"),
                time ? m_times.full(*time) : tr("there is none"));
        };
        m_storedFacts->setValue(StoredEvents, QLocale().toString(static_cast<qlonglong>(m_stored->events)));
        showStored(OldestStored, m_stored->oldest);
        showStored(NewestStored, m_stored->newest);
        return;
    }
    const event::Timestamp oktasNow = now + m_status.clockSkew.value_or(std::chrono::milliseconds(0));
    const auto show = [&](Fact fact, const std::optional<event::Timestamp> &time, event::Timestamp from) {
        m_facts->setValue(fact, time ? relativeTime(*time, from, m_times) : QStringLiteral("–"),
            time ? m_times.full(*time) : tr("none yet"));
    };
    show(LastPoll, m_status.lastPoll, now);
    const std::optional<event::Timestamp> newest = std::max(m_status.newestPublished, m_counts.newest);
    show(NewestEvent, newest, oktasNow);
    show(NextTry, m_status.nextTry, now);
    m_facts->setValue(Lag,
        newest ? shortDuration(std::chrono::duration_cast<std::chrono::seconds>(oktasNow - *newest))
               : QStringLiteral("–"),
        tr("From the newest event until now. In a quiet organization it grows though nothing is missing."));
    showClock();
    m_health->updateTimes();
}

void SourceCard::updateEvents()
{
    const QLocale locale;
    // What has just come may not be counted yet.
    const auto stored = std::max<qint64>(m_counts.events, m_status.events);
    m_facts->setValue(Events, locale.toString(stored),
        tr("%1 in the store, of which %2 came since Octotrail was started")
            .arg(locale.toString(stored), locale.toString(m_status.events)));
}

/// Okta's against this computer's. A wrong one costs no events, but what is shown as so long ago would be wrong.
void SourceCard::showClock()
{
    using namespace std::chrono;
    if (!m_status.clockSkew) {
        m_facts->setValue(Clock, QStringLiteral("–"), tr("not known until Okta answers"));
        m_facts->setTone(Clock, Tone::Plain);
        return;
    }
    const auto skew = round<seconds>(*m_status.clockSkew);
    const QString length = shortDuration(abs(skew));
    const bool isOff = abs(skew) > usualSkew;
    m_facts->setTone(Clock, isOff ? Tone::Warning : Tone::Plain);
    if (!isOff) {
        m_facts->setValue(
            Clock, tr("in step"), tr("Okta's clock and this computer's differ by %1, or by less.").arg(length));
    } else if (skew > seconds(0)) {
        m_facts->setValue(Clock, tr("%1 ahead").arg(length),
            tr("This computer's clock is %1 behind Okta's. What is collected goes by Okta's; set the clock right, so "
               "that times are told right.")
                .arg(length));
    } else {
        m_facts->setValue(Clock, tr("%1 behind").arg(length),
            tr("This computer's clock is %1 ahead of Okta's. What is collected goes by Okta's; set the clock right, so "
               "that times are told right.")
                .arg(length));
    }
}

void SourceCard::showProblem(const QString &sentence)
{
    setRemoving(false);
    m_problem->setText(Tone::Bad, sentence);
    m_problem->show();
}

void SourceCard::askRemoval()
{
    m_problem->hide();
    m_removal->setText(Tone::Warning,
        m_source.collects
            ? tr("Remove %1? Collecting ends and its credential is forgotten. Its events can stay in this store.")
                  .arg(m_source.name)
            : tr("Remove %1? The events that were imported under this name can stay in this store.")
                  .arg(m_source.name));
    m_removal->show();
    m_keepSource->setFocus(Qt::OtherFocusReason); // the way back: nothing is removed by a hasty Enter
}

void SourceCard::endRemoval()
{
    m_removal->hide();
    m_remove->setFocus(Qt::OtherFocusReason);
}

void SourceCard::setRemoving(bool removing)
{
    m_removing = removing;
    m_removal->setEnabled(!removing);
    m_actions->setEnabled(!removing);
    if (!removing) {
        m_removal->hide();
    }
}

void SourceCard::updateState()
{
    const QLocale locale;
    const StateLook look = !m_source.collects ? archiveLook() : m_stored ? storedLook() : stateLook(m_status.state);
    const bool stopped = m_source.collects && m_status.state == State::NeedsAttention;
    if (m_status.state == State::CatchingUp && m_source.collects) {
        m_icon->setBusy();
    } else {
        m_icon->setIcon(look.icon, look.tone);
    }
    m_name->setText(m_source.name);
    m_state->setText(look.word);
    m_origin->setText(m_source.collects ? m_source.origin.authority() : tr("Imported events; nothing is collected"));
    m_credential->setText(credentialText(m_source, m_status));
    m_credential->setVisible(m_source.collects);
    m_sentence->setText(m_stored ? tr("Not collected here: the case is open for reading only.")
            : stopped            ? QString()
                                 : multiLine(m_status.sentence, 1000));
    m_sentence->setVisible(m_source.collects);

    const auto field = fieldToMend(m_status, m_source);
    m_attention->setVisible(stopped);
    m_attention->setText(Tone::Bad, m_status.sentence);
    m_mend->setVisible(field.has_value());
    m_mend->setText(field ? mendText(*field) : QString());

    const bool isLive = m_source.collects && !m_stored;
    m_facts->setVisible(isLive);
    m_storedFacts->setVisible(m_stored.has_value());
    updateEvents();
    m_facts->setValue(Duplicates, locale.toString(m_status.duplicates),
        tr("%1 that the live log brought again, and that were dropped. What is read twice on purpose, to find late "
           "events, is not counted.")
            .arg(locale.toString(m_status.duplicates)));
    m_facts->setValue(Pages, locale.toString(m_status.pages));
    m_facts->setValue(FoundLate, locale.toString(m_status.reconciled),
        m_status.reconciledAt ? tr("%1 events that Okta had added later, found by reading again; last at %2")
                                    .arg(locale.toString(m_status.reconciled), m_times.full(*m_status.reconciledAt))
                              : tr("Events that Okta adds later are found by reading again."));
    m_facts->setValue(
        Calls, locale.toString(m_status.calls), tr("%1 requests since Octotrail was started").arg(m_status.calls));
    m_health->setVisible(m_source.collects);
    m_health->setStatus(m_status);
    m_users->setVisible(isLive && m_source.users);
    m_users->setText(profileText(tr("User profiles: %1"), m_status.users, m_status.usersSentence));
    m_devices->setVisible(isLive && m_source.devices);
    m_devices->setText(profileText(tr("Device profiles: %1"), m_status.devices, m_status.devicesSentence));

    const bool paused = m_status.state == State::Paused || m_source.paused;
    m_poll->setVisible(m_source.collects);
    m_poll->setEnabled(!paused && !stopped);
    m_pause->setVisible(m_source.collects);
    m_pause->setText(m_source.paused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(icon(m_source.paused ? u"play" : u"pause"));
    m_edit->setVisible(m_source.collects);
    m_tryConnection->setVisible(m_source.collects);
    for (QToolButton *button : {m_poll, m_pause, m_tryConnection, m_edit, m_remove}) {
        button->setAccessibleName(tr("%1: %2").arg(button->text(), m_source.name));
        button->setToolTip(button->text());
    }
    setAccessibleName(tr("%1, %2. %3").arg(m_source.name, look.word, m_status.sentence));
    m_state->setTone(look.tone);
    m_users->setTone(m_status.usersSentence.isEmpty() ? Tone::Muted : Tone::Warning);
    m_devices->setTone(m_status.devicesSentence.isEmpty() ? Tone::Muted : Tone::Warning);
    updateTimes();
}

void SourceCard::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    const auto look = width() < narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon;
    for (QToolButton *button : {m_poll, m_pause, m_tryConnection, m_edit, m_remove}) {
        button->setToolButtonStyle(look);
    }
}

} // namespace octotrail::ui

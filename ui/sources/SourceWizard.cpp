// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SourceWizard.h"

#include "ui/sources/ConnectionStep.h"
#include "ui/sources/LogsStep.h"
#include "ui/sources/PageArea.h"
#include "ui/sources/ProfilesStep.h"
#include "ui/sources/SetupStep.h"
#include "ui/sources/StepRail.h"
#include "ui/sources/SuccessStep.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QShowEvent>
#include <QStackedWidget>
#include <QTimer>
#include <QUuid>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int margin = 4 * metrics::Unit;
constexpr int formWidth = 66 * metrics::Unit; ///< lines longer than this are hard to read

/// Whether the fault lies with the keychain rather than with the store.
bool isOfTheKeychain(event::ErrorKind kind)
{
    return kind == event::ErrorKind::Unavailable || kind == event::ErrorKind::Forbidden
        || kind == event::ErrorKind::Timeout;
}

int stepOf(SourceField field)
{
    switch (field) {
    case SourceField::Name:
    case SourceField::Organization:
    case SourceField::Token:
    case SourceField::App:
        return 0;
    case SourceField::LogTypes:
    case SourceField::Filter:
        return 1;
    case SourceField::Users:
    case SourceField::Devices:
        return 2;
    }
    return 0;
}

/// A step with the room around it, scrolled where the window is too small for it.
QWidget *page(WizardStep *step)
{
    auto *inner = new QWidget;
    auto *layout = new QHBoxLayout(inner);
    layout->setContentsMargins(margin, 0, margin, 2 * metrics::Unit);
    step->setMaximumWidth(formWidth);
    layout->addWidget(step, 1);
    layout->addStretch(0);
    auto *area = new PageArea;
    area->setWidget(inner);
    inner->setAutoFillBackground(false); // QScrollArea sets it
    return area;
}

} // namespace

SourceWizard::SourceWizard(collect::Supervisor &supervisor, secrets::Vault &vault, QWidget *parent)
    : QDialog(parent)
    , m_supervisor(supervisor)
    , m_vault(vault)
{
    m_draft.config.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    setWindowTitle(tr("Add a source"));
    build();
    showStep(0);
}

SourceWizard::SourceWizard(
    collect::Supervisor &supervisor, secrets::Vault &vault, const store::SourceConfig &source, QWidget *parent)
    : QDialog(parent)
    , m_supervisor(supervisor)
    , m_vault(vault)
{
    m_draft.config = source;
    m_draft.saved = source;
    m_reached = 3;
    setWindowTitle(tr("Edit %1").arg(singleLine(source.name, 100)));
    build();
    showStep(0);
}

SourceWizard::~SourceWizard()
{
    disconnect(qApp, nullptr, this, nullptr); // the focus moves once more while the children go
    m_draft.secret.fill('\0');
}

void SourceWizard::mend(SourceField field, const QString &fault)
{
    go(stepOf(field));
    current()->focusField(field, fault);
}

void SourceWizard::setDetectionPacks(const QList<DetectionPackChoice> &packs)
{
    m_success->setPacks(packs);
    if (!m_draft.isNew()) {
        return;
    }
    for (const DetectionPackChoice &pack : packs) {
        if (pack.isOnByDefault && !m_draft.config.packs.contains(pack.id)) {
            m_draft.config.packs.append(pack.id);
            m_draft.saved.packs.append(pack.id);
        }
    }
}

void SourceWizard::reject()
{
    // The source is there already: closing the last page leaves what it asks for as it was.
    done(m_isSaved ? QDialog::Accepted : QDialog::Rejected);
}

void SourceWizard::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!event->spontaneous() && !current()->isAncestorOf(focusWidget())) {
        current()->focusFirst();
    }
}

void SourceWizard::build()
{
    setModal(true);
    setWindowModality(Qt::WindowModal);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);

    m_connection = new ConnectionStep([this] { return m_supervisor.sources(); });
    m_setup = new SetupStep(m_vault);
    m_success = new SuccessStep;
    m_steps = {m_connection, new LogsStep, new ProfilesStep, m_setup, m_success};

    m_rail = new StepRail(this);
    m_rail->setFixedWidth(26 * metrics::Unit);
    QStringList titles;
    m_heading = new QLabel(this);
    m_heading->setObjectName(QStringLiteral("heading"));
    m_heading->setFont(scaledFont(TextSize::Headline, QFont::DemiBold));
    m_introduction = new QLabel(this);
    m_introduction->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {m_heading, m_introduction}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_pages = new QStackedWidget(this);
    for (WizardStep *step : std::as_const(m_steps)) {
        m_pages->addWidget(page(step));
        connect(step, &WizardStep::changed, this, &SourceWizard::updateButtons);
        if (step != m_success) {
            titles.append(step->title());
        }
    }
    m_rail->setSteps(titles);

    auto *header = new QVBoxLayout;
    header->setContentsMargins(margin, margin, margin, 3 * metrics::Unit);
    header->setSpacing(metrics::HalfUnit);
    header->addWidget(m_heading);
    header->addWidget(m_introduction);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addLayout(header);
    column->addWidget(m_pages, 1);
    column->addWidget(buildFooter());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addLayout(column, 1);
    // The form first, then the buttons, the list of steps last.
    setTabOrder(m_next, m_rail);
    resize(26 * metrics::Unit + formWidth + 2 * margin, 84 * metrics::Unit);
    setMinimumSize(72 * metrics::Unit, 48 * metrics::Unit);

    connect(m_rail, &StepRail::chosen, this, &SourceWizard::go);
    connect(m_setup, &SetupStep::mendRequested, this, &SourceWizard::mend);
    connect(&m_supervisor, &collect::Supervisor::statusChanged, this, [this](const collect::SourceStatus &status) {
        if (m_isSaved && status.source == m_draft.config.id) {
            m_success->setStatus(status);
        }
    });
    connect(qApp, &QApplication::focusChanged, this, &SourceWizard::showFocus);
    askVault();
}

void SourceWizard::showFocus(const QWidget *, QWidget *now)
{
    auto *area = static_cast<PageArea *>(m_pages->currentWidget());
    if (now && area->isAncestorOf(now)) {
        // When what has just been said has found its place.
        QTimer::singleShot(0, area, [area, widget = QPointer<QWidget>(now)] {
            if (widget) {
                area->ensureWidgetVisible(widget, 0, 3 * metrics::Unit);
            }
        });
    }
}

QWidget *SourceWizard::buildFooter()
{
    auto *footer = new QWidget(this);
    m_back = new QPushButton(tr("&Back"), footer);
    m_back->setObjectName(QStringLiteral("back"));
    m_cancel = new QPushButton(tr("Cancel"), footer);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_next = new QPushButton(tr("&Next"), footer);
    m_next->setObjectName(QStringLiteral("next"));
    m_next->setDefault(true);
    for (QPushButton *button : {m_back, m_cancel, m_next}) {
        button->setMinimumWidth(11 * metrics::Unit);
    }
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(margin, 2 * metrics::Unit, margin, 2 * metrics::Unit);
    buttons->setSpacing(metrics::Unit);
    buttons->addWidget(m_back);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_next);

    auto *line = new QFrame(footer);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    auto *layout = new QVBoxLayout(footer);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(line);
    layout->addLayout(buttons);

    connect(m_back, &QPushButton::clicked, this, [this] { go(m_current - 1); });
    connect(m_cancel, &QPushButton::clicked, this, &SourceWizard::reject);
    connect(m_next, &QPushButton::clicked, this, &SourceWizard::next);
    return footer;
}

void SourceWizard::askVault()
{
    whenFinished(m_vault.isKeychainAvailable(), this, [this](bool available) {
        m_connection->setKeychainAvailable(available);
        m_setup->setKeychainAvailable(available);
    });
    if (m_draft.isNew()) {
        return;
    }
    whenFinished(m_vault.read(m_draft.config.vaultKey()), this, [this](const event::Result<QByteArray> &token) {
        if (!token) {
            m_connection->setTokenLost(token.error().kind == event::ErrorKind::NotFound
                    ? tr("The token is not kept any more. Enter it again.")
                    : token.error().sentence);
        }
    });
}

void SourceWizard::go(int step)
{
    if (m_saving || m_isSaved || step < 0 || step == m_current) {
        return;
    }
    int reached = m_current;
    while (reached < step && m_steps.at(reached)->validate()) {
        m_steps.at(reached)->save(m_draft);
        ++reached;
        if (reached < step) {
            m_steps.at(reached)->load(m_draft);
        }
    }
    if (step < m_current) {
        current()->save(m_draft);
        reached = step;
    }
    if (reached != m_current) {
        showStep(reached);
        if (reached < step) {
            current()->validate(); // shows again what is wrong, now that it can be seen
        }
    }
}

void SourceWizard::showStep(int step)
{
    current()->leave();
    m_current = step;
    m_reached = std::max(m_reached, step);
    // Before load(): what it shows may depend on being visible.
    m_pages->setCurrentIndex(step);
    current()->load(m_draft);
    m_heading->setText(current()->heading());
    m_introduction->setText(current()->introduction());
    setAccessibleDescription(current()->heading());
    if (current() == m_success) {
        m_rail->setFinished();
    } else {
        m_rail->setCurrent(step, m_reached);
    }
    updateButtons();
    current()->focusFirst();
}

void SourceWizard::next()
{
    if (current() == m_success) {
        finish();
    } else if (current() == m_setup) {
        if (m_setup->validate()) {
            save();
        }
    } else {
        go(m_current + 1);
    }
}

void SourceWizard::save()
{
    m_setup->save(m_draft);
    m_saving = true;
    m_setup->setSaving(true);
    updateButtons();
    const auto place = m_setup->place();
    whenFinished(m_supervisor.put(m_draft.config, m_draft.secret, place, m_draft.proxyPassword), this,
        [this, place](const event::Result<store::SourceConfig> &stored) {
            m_saving = false;
            m_setup->setSaving(false);
            if (!stored) {
                const bool offerSession = place == secrets::Vault::Place::Keychain && !m_draft.secret.isEmpty()
                    && isOfTheKeychain(stored.error().kind);
                m_setup->showProblem(stored.error(), offerSession);
                updateButtons();
                return;
            }
            m_draft.config = *stored;
            m_draft.saved = *stored;
            m_draft.secret.fill('\0');
            m_draft.secret.clear();
            m_draft.proxyPassword.reset();
            showSuccess();
            Q_EMIT saved(*stored);
        });
}

void SourceWizard::showSuccess()
{
    m_isSaved = true;
    m_success->setWarned(m_setup->outcome() == SetupStep::Outcome::Warned);
    m_success->setStatus(m_supervisor.status(m_draft.config.id));
    showStep(int(m_steps.indexOf(m_success)));
}

void SourceWizard::finish()
{
    m_success->save(m_draft);
    if (m_draft.config == m_draft.saved) {
        accept();
        return;
    }
    m_saving = true;
    updateButtons();
    whenFinished(m_supervisor.put(m_draft.config, {}, secrets::Vault::Place::Keychain), this,
        [this](const event::Result<store::SourceConfig> &stored) {
            m_saving = false;
            updateButtons();
            if (!stored) {
                m_success->showProblem(stored.error().sentence);
                return;
            }
            Q_EMIT saved(*stored);
            accept();
        });
}

void SourceWizard::updateButtons()
{
    const bool onSuccess = current() == m_success;
    m_back->setVisible(m_current > 0 && !onSuccess);
    m_back->setEnabled(!m_saving);
    m_cancel->setVisible(!onSuccess);
    if (onSuccess) {
        m_next->setText(tr("&Done"));
        m_next->setEnabled(!m_saving);
        return;
    }
    if (current() != m_setup) {
        m_next->setText(tr("&Next"));
        m_next->setEnabled(true);
        return;
    }
    const bool warned = m_setup->outcome() == SetupStep::Outcome::Warned;
    const bool good = warned || m_setup->outcome() == SetupStep::Outcome::Passed;
    m_next->setText(m_saving  ? tr("Saving…")
            : m_draft.isNew() ? (warned ? tr("&Add anyway") : tr("&Add source"))
                              : (warned ? tr("&Save anyway") : tr("&Save changes")));
    const bool becameReady = good && !m_saving && !m_next->isEnabled();
    m_next->setEnabled(good && !m_saving);
    if (becameReady) {
        m_setup->focusReady(m_next);
    } else if (m_setup->outcome() == SetupStep::Outcome::Failed && !m_saving) {
        m_setup->focusFirst();
    }
}

WizardStep *SourceWizard::current() const
{
    return m_steps.at(m_current);
}

} // namespace octotrail::ui

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SuccessStep.h"

#include "ui/sources/FieldMessage.h"
#include "ui/sources/FormLook.h"
#include "ui/sources/Note.h"
#include "ui/sources/OptionRow.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui_SuccessStep.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QSpinBox>

namespace octotrail::ui {

SuccessStep::SuccessStep(QWidget *parent)
    : WizardStep(parent)
    , m_form(std::make_unique<Ui::SuccessStep>())
    , m_hours(new QSpinBox(this))
{
    m_form->setupUi(this);
    auto *period = new QWidget(this);
    auto *periodLayout = new QHBoxLayout(period);
    auto *label = new QLabel(tr("After (&hours)"), period);
    label->setBuddy(m_hours);
    periodLayout->setContentsMargins({});
    periodLayout->addWidget(label);
    periodLayout->addWidget(m_hours);
    periodLayout->addStretch();
    m_hours->setObjectName(QStringLiteral("silenceHours"));
    m_hours->setAccessibleName(tr("Alert after this many hours without events"));
    m_hours->setRange(1, 24 * 30);
    m_hours->setMinimumWidth(10 * metrics::Unit);
    m_form->alert->setText(tr("Alert when no events are processed"),
        tr("Tells you when the source falls silent, whether polling fails or the organization has nothing to say."));
    m_form->alert->addWidget(period);
    m_form->alert->box()->setObjectName(QStringLiteral("alertOnSilence"));
    m_form->alert->box()->setChecked(true);
    connect(m_form->alert->box(), &QCheckBox::toggled, period, &QWidget::setEnabled);
    connect(m_form->alert->box(), &QCheckBox::toggled, this, &SuccessStep::changed);
    m_form->message->hide();
    m_form->noPacks->setForegroundRole(QPalette::PlaceholderText);
    alignControls(this);
    setPacks({});
}

SuccessStep::~SuccessStep() = default;

QString SuccessStep::title() const
{
    return {};
}

QString SuccessStep::heading() const
{
    return m_warned ? tr("The source is set up") : tr("Everything looks good");
}

QString SuccessStep::introduction() const
{
    return m_warned ? tr("%1 is connected, with a limitation that its page under Sources tells.").arg(m_name)
                    : tr("%1 is connected.").arg(m_name);
}

void SuccessStep::load(const SourceDraft &draft)
{
    m_name = singleLine(draft.config.name, 100);
    m_form->alert->box()->setChecked(draft.config.alertOnSilence);
    m_hours->setValue(int(std::chrono::ceil<std::chrono::hours>(draft.config.silenceAfter).count()));
    for (int i = 0; i < m_form->packs->count(); ++i) {
        QListWidgetItem *item = m_form->packs->item(i);
        const bool on = draft.config.packs.contains(item->data(Qt::UserRole).toString());
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    m_form->message->hide();
}

void SuccessStep::save(SourceDraft &draft) const
{
    store::SourceConfig &config = draft.config;
    config.alertOnSilence = m_form->alert->box()->isChecked();
    config.silenceAfter = std::chrono::hours(m_hours->value());
    for (int i = 0; i < m_form->packs->count(); ++i) {
        const QListWidgetItem *item = m_form->packs->item(i);
        const QString id = item->data(Qt::UserRole).toString();
        config.packs.removeAll(id); // a pack that is not installed here stays as it is
        if (item->checkState() == Qt::Checked) {
            config.packs.append(id);
        }
    }
}

bool SuccessStep::validate()
{
    return true;
}

bool SuccessStep::focusField(SourceField, const QString &)
{
    return false;
}

void SuccessStep::focusFirst()
{
    m_form->alert->box()->setFocus(Qt::OtherFocusReason);
}

void SuccessStep::setPacks(const QList<DetectionPackChoice> &packs)
{
    m_form->packs->clear();
    for (const DetectionPackChoice &pack : packs) {
        auto *item = new QListWidgetItem(pack.title, m_form->packs);
        item->setData(Qt::UserRole, pack.id);
        item->setData(Qt::AccessibleDescriptionRole, pack.description);
        item->setToolTip(ui::toolTip(pack.description));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    m_form->packs->setVisible(!packs.isEmpty());
    m_form->noPacks->setVisible(packs.isEmpty());
}

void SuccessStep::setWarned(bool warned)
{
    m_warned = warned;
}

void SuccessStep::setStatus(const collect::SourceStatus &status)
{
    const QLocale locale;
    const bool troubled = status.state == collect::State::NeedsAttention || status.state == collect::State::Retrying;
    if (troubled) {
        m_form->progress->setText(Tone::Warning, status.sentence);
    } else if (status.state == collect::State::Paused) {
        m_form->progress->setText(Tone::Accent, tr("The source is paused. Resume it under Sources."), u"pause");
    } else if (status.events > 0) {
        m_form->progress->setText(
            Tone::Good, tr("%1 events have been collected so far.").arg(locale.toString(status.events)));
    } else {
        m_form->progress->setText(Tone::Accent, tr("Collecting has started. The first events arrive in a moment."));
    }
}

void SuccessStep::showProblem(const QString &sentence)
{
    m_form->message->setMessage(FieldMessage::Kind::Error, sentence);
    m_form->message->show();
}

} // namespace octotrail::ui

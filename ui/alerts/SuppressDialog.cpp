// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/SuppressDialog.h"

#include "detect/SuppressionStart.h"
#include "filter/Expression.h"
#include "ui/events/FilterEdit.h"
#include "ui/models/TimeDisplay.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

enum Period { Day, Week, Month, Until, ForGood };

} // namespace

SuppressDialog::SuppressDialog(store::Alerts &alerts, const store::Alert &alert, QWidget *parent)
    : QDialog(parent)
    , m_alerts(alerts)
    , m_alert(alert)
    , m_thisRule(
          new QCheckBox(tr("Only for the rule \u201c%1\u201d").arg(actionText(singleLine(alert.ruleTitle, 80))), this))
    , m_filter(new FilterEdit(this))
    , m_period(new QComboBox(this))
    , m_until(new QDateTimeEdit(QDateTime::currentDateTime().addDays(7), this))
    , m_reason(new QLineEdit(this))
    , m_error(new QLabel(this))
{
    setWindowTitle(tr("Suppress alerts"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(70 * metrics::Unit);
    auto *what
        = new QLabel(tr("What matches here raises no new alerts until the time you choose. It is counted, and the "
                        "events stay. Alerts that are there stay, too."),
            this);
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    m_thisRule->setObjectName(u"thisRule"_s);
    m_thisRule->setChecked(true);
    m_filter->setObjectName(u"suppressFilter"_s);
    m_filter->setAccessibleName(tr("Events"));
    m_filter->setPlaceholderText(tr("All events of the rule, or for example client.ipAddress eq \"192.0.2.7\""));
    m_filter->setText(detect::suppressionFor(alert));
    m_period->setObjectName(u"suppressPeriod"_s);
    m_period->addItems({tr("For a day"), tr("For 7 days"), tr("For 30 days"), tr("Until\u2026"), tr("For good")});
    m_period->setCurrentIndex(Week);
    m_until->setObjectName(u"suppressUntil"_s);
    m_until->setDisplayFormat(u"yyyy-MM-dd HH:mm"_s);
    m_until->setCalendarPopup(true);
    m_until->setVisible(false);
    m_until->setAccessibleName(tr("Until"));
    m_reason->setObjectName(u"suppressReason"_s);
    m_reason->setPlaceholderText(tr("Why, for whoever reads this later"));
    m_reason->setMaxLength(1000);
    m_error->setObjectName(u"suppressError"_s);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    QPalette bad = palette();
    bad.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_error->setPalette(bad);
    m_error->hide();

    auto *period = new QHBoxLayout;
    period->addWidget(m_period);
    period->addWidget(m_until);
    period->addStretch();
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(QString(), m_thisRule);
    auto *events = new QVBoxLayout;
    events->setSpacing(metrics::HalfUnit);
    events->addWidget(m_filter);
    events->addWidget(m_error);
    const auto label = [this](const QString &text, QWidget *buddy) {
        auto *result = new QLabel(text, this);
        result->setBuddy(buddy);
        return result;
    };
    form->addRow(label(tr("&Events:"), m_filter), events);
    form->addRow(label(tr("&Time:"), m_period), period);
    form->addRow(tr("&Reason:"), m_reason);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_store = buttons->addButton(tr("&Suppress"), QDialogButtonBox::AcceptRole);
    m_store->setObjectName(u"suppress"_s);
    m_store->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(2 * metrics::Unit);
    layout->addWidget(what);
    layout->addLayout(form);
    layout->addWidget(buttons);

    connect(
        m_period, &QComboBox::currentIndexChanged, this, [this](int index) { m_until->setVisible(index == Until); });
    connect(m_filter, &QLineEdit::textChanged, this, &SuppressDialog::check);
    connect(m_thisRule, &QCheckBox::toggled, this, &SuppressDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &SuppressDialog::store);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

/// Says at once what could not be stored.
void SuppressDialog::check()
{
    const std::string text = m_filter->text().toStdString();
    const auto parsed
        = filter::parseInput(text).and_then([&text](const filter::Input &) { return filter::parse(text); });
    const bool blank = m_filter->text().trimmed().isEmpty();
    m_filter->clearError();
    QString error;
    if (!parsed) {
        m_filter->showError(parsed.error());
        error = parsed.error().column > 0 ? tr("Column %1: %2").arg(parsed.error().column).arg(parsed.error().sentence)
                                          : parsed.error().sentence;
    } else if (blank && !m_thisRule->isChecked()) {
        error = tr("This would keep every alert away: name a rule or a filter.");
    }
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
    m_store->setEnabled(error.isEmpty());
}

std::optional<event::Timestamp> SuppressDialog::until() const
{
    using std::chrono::days;
    switch (m_period->currentIndex()) {
    case Day:
        return event::now() + days(1);
    case Week:
        return event::now() + days(7);
    case Month:
        return event::now() + days(30);
    case Until:
        return toTimestamp(m_until->dateTime());
    default:
        return {};
    }
}

void SuppressDialog::store()
{
    store::Suppression suppression;
    if (m_thisRule->isChecked()) {
        suppression.ruleId = m_alert.ruleId;
        suppression.ruleTitle = m_alert.ruleTitle;
    }
    suppression.filter = m_filter->text().trimmed();
    suppression.reason = m_reason->text().trimmed();
    suppression.until = until();
    m_store->setEnabled(false);
    whenFinished(m_alerts.putSuppression(suppression), this, [this](const event::Result<store::Suppression> &saved) {
        if (saved) {
            Q_EMIT stored(*saved);
            accept();
            return;
        }
        m_error->setText(saved.error().sentence);
        m_error->show();
        m_store->setEnabled(true);
    });
}

} // namespace octotrail::ui

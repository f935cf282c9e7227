// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/RetentionDialog.h"

#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr double gigabyte = 1e9;

QString number(std::int64_t n)
{
    return QLocale().toString(static_cast<qlonglong>(n));
}

} // namespace

RetentionDialog::RetentionDialog(
    std::shared_ptr<store::Store> store, const TimeDisplay &time, Clock clock, QWidget *parent)
    : QDialog(parent)
    , m_store(std::move(store))
    , m_retention(m_store)
    , m_time(time)
    , m_clock(std::move(clock))
    , m_sources(new QComboBox(this))
    , m_days(new QSpinBox(this))
    , m_gigabytes(new QDoubleSpinBox(this))
    , m_preview(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Close, this))
{
    setWindowTitle(tr("Retention"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_sources->setObjectName(u"retentionSource"_s);
    m_days->setObjectName(u"retentionDays"_s);
    m_days->setRange(0, 36500);
    m_days->setSpecialValueText(tr("For good"));
    m_days->setSuffix(tr(" days"));
    m_gigabytes->setObjectName(u"retentionSize"_s);
    m_gigabytes->setRange(0, 100'000);
    m_gigabytes->setDecimals(1);
    m_gigabytes->setSpecialValueText(tr("No limit"));
    m_gigabytes->setSuffix(tr(" GB"));
    m_preview->setObjectName(u"retentionPreview"_s);
    m_preview->setTextFormat(Qt::PlainText);
    m_preview->setWordWrap(true);
    m_preview->setMinimumHeight(3 * m_preview->fontMetrics().lineSpacing());
    m_preview->setAlignment(Qt::AlignTop);

    auto *form = new QFormLayout;
    form->addRow(tr("&Source"), m_sources);
    form->addRow(tr("&Keep events"), m_days);
    form->addRow(tr("&At most"), m_gigabytes);
    auto *about
        = new QLabel(tr("Older events are removed once a day. Bookmarked and tagged events and those with a note "
                        "are held, whatever their age; alerts stay. What was removed is recorded in the chain "
                        "that proves the rest unaltered. Okta itself keeps events for 90 days."),
            this);
    about->setWordWrap(true);
    about->setTextFormat(Qt::PlainText);
    m_save = m_buttons->addButton(tr("Sa&ve"), QDialogButtonBox::ApplyRole);
    m_save->setObjectName(u"saveRetention"_s);
    m_purge = m_buttons->addButton(tr("&Remove now\u2026"), QDialogButtonBox::ActionRole);
    m_purge->setObjectName(u"purge"_s);
    m_confirm = m_buttons->addButton(tr("Remove"), QDialogButtonBox::ActionRole);
    m_confirm->setObjectName(u"confirmPurge"_s);
    m_confirm->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(2 * metrics::Unit);
    layout->addWidget(about);
    layout->addLayout(form);
    layout->addWidget(m_preview);
    layout->addStretch(1);
    layout->addWidget(m_buttons);
    resize(64 * metrics::Unit, sizeHint().height());

    m_previewDelay.setSingleShot(true);
    m_previewDelay.setInterval(300ms);
    connect(&m_previewDelay, &QTimer::timeout, this, &RetentionDialog::preview);
    connect(m_sources, &QComboBox::currentIndexChanged, this, &RetentionDialog::showPolicy);
    const auto changed = [this] {
        m_save->setEnabled(true);
        setPurging(false);
        m_purge->setEnabled(false);
        m_previewDelay.start();
    };
    connect(m_days, &QSpinBox::valueChanged, this, changed);
    connect(m_gigabytes, &QDoubleSpinBox::valueChanged, this, changed);
    connect(m_save, &QPushButton::clicked, this, &RetentionDialog::save);
    connect(m_purge, &QPushButton::clicked, this, [this] { setPurging(true); });
    connect(m_confirm, &QPushButton::clicked, this, &RetentionDialog::purge);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_save->setEnabled(false);
    m_purge->setEnabled(false);
    readSources();
}

void RetentionDialog::readSources()
{
    whenFinished(m_store->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        if (!sources) {
            m_preview->setText(sources.error().sentence);
            return;
        }
        const QSignalBlocker blocker(m_sources);
        for (const store::SourceConfig &source : *sources) {
            m_sources->addItem(singleLine(source.name), source.id);
        }
        const bool hasSources = m_sources->count() > 0;
        m_days->setEnabled(hasSources);
        m_gigabytes->setEnabled(hasSources);
        if (hasSources) {
            readPolicies();
        } else {
            m_preview->setText(tr("There is no source yet, so there is nothing to keep."));
        }
    });
}

void RetentionDialog::readPolicies()
{
    whenFinished(m_retention.policies(), this, [this](const auto &policies) {
        if (!policies) {
            m_preview->setText(policies.error().sentence);
            return;
        }
        m_policies = *policies;
        showPolicy();
    });
}

store::SourceId RetentionDialog::source() const
{
    return m_sources->currentData().toInt();
}

store::RetentionPolicy RetentionDialog::policy() const
{
    int days = m_days->value();
    if (days > 0) {
        days = std::max<int>(days, store::Retention::youngest.count());
    }
    return {days, static_cast<std::int64_t>(m_gigabytes->value() * gigabyte)};
}

void RetentionDialog::showPolicy()
{
    const auto known = m_policies.find(source());
    const store::RetentionPolicy policy = known == m_policies.end() ? store::RetentionPolicy{} : known->second;
    m_days->setValue(policy.days);
    m_gigabytes->setValue(static_cast<double>(policy.bytes) / gigabyte);
    m_save->setEnabled(false);
    m_previewDelay.start();
}

void RetentionDialog::preview()
{
    m_preview->setText(tr("Counting\u2026"));
    const int asked = ++m_asked;
    whenFinished(m_retention.preview(source(), policy(), m_clock()), this,
        [this, asked](const event::Result<store::PurgeReport> &report) {
            if (asked == m_asked) {
                showPreview(report);
            }
        });
}

void RetentionDialog::showPreview(const event::Result<store::PurgeReport> &report)
{
    setPurging(false);
    m_purge->setEnabled(report && report->events > 0);
    if (!report) {
        m_preview->setText(report.error().sentence);
        return;
    }
    m_report = *report;
    if (!report->before) {
        m_preview->setText(tr("All events of this source are kept."));
        return;
    }
    QString text = report->events == 0 ? tr("Nothing is older than %1.").arg(m_time.seconds(*report->before))
                                       : tr("Now it would remove %1 events from before %2.")
                                             .arg(number(report->events), m_time.seconds(*report->before));
    if (report->held > 0) {
        text += u' ' + tr("%1 are held.").arg(number(report->held));
    }
    m_preview->setText(text);
}

void RetentionDialog::save()
{
    const store::SourceId id = source();
    const store::RetentionPolicy wanted = policy();
    m_save->setEnabled(false);
    whenFinished(m_retention.setPolicy(id, wanted), this, [this, id, wanted](const event::Status &status) {
        if (!status) {
            m_preview->setText(status.error().sentence);
            m_save->setEnabled(true);
            return;
        }
        m_policies[id] = wanted;
    });
}

/// The second click is the one that removes.
void RetentionDialog::setPurging(bool purging)
{
    if (purging) {
        m_confirm->setText(tr("Remove %1 events for good").arg(number(m_report.events)));
    }
    m_purge->setVisible(!purging);
    m_confirm->setVisible(purging);
    if (purging) {
        m_confirm->setEnabled(true);
        m_confirm->setFocus(Qt::OtherFocusReason);
    }
}

void RetentionDialog::purge()
{
    m_confirm->setEnabled(false);
    m_preview->setText(tr("Removing\u2026 This goes on if the dialog is closed."));
    ++m_asked;
    whenFinished(m_retention.purge(source(), policy(), m_clock()), this,
        [this](const event::Result<store::PurgeReport> &report) {
            setPurging(false);
            m_purge->setEnabled(false);
            if (!report) {
                m_preview->setText(report.error().sentence);
                return;
            }
            m_preview->setText(report->sentence());
        });
}

} // namespace octotrail::ui

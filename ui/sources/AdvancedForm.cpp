// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/AdvancedForm.h"

#include "ui/sources/FieldCheck.h"
#include "ui/sources/FieldMessage.h"
#include "ui/style/Metrics.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostMinutes = 24 * 60;

QLabel *labelFor(QWidget *field, const QString &text)
{
    auto *label = new QLabel(text);
    label->setBuddy(field);
    return label;
}

QSpinBox *minutes(const QString &name, const QString &accessibleName, const QString &atZero)
{
    auto *spin = new QSpinBox;
    spin->setObjectName(name);
    spin->setAccessibleName(accessibleName);
    spin->setRange(0, mostMinutes);
    spin->setSuffix(QObject::tr(" min"));
    spin->setSpecialValueText(atZero);
    return spin;
}

} // namespace

AdvancedForm::AdvancedForm(QWidget *parent)
    : QWidget(parent)
    , m_fold(new QToolButton(this))
    , m_content(new QWidget(this))
    , m_proxy(new QComboBox)
    , m_address(new QLineEdit)
    , m_addressMessage(new FieldMessage)
    , m_password(new QLineEdit)
    , m_caFile(new QLineEdit)
    , m_caFileMessage(new FieldMessage)
    , m_share(new QSpinBox)
    , m_window(minutes(u"reconcileWindow"_s, tr("How far back late events are looked for"), tr("not at all")))
    , m_period(minutes(u"reconcilePeriod"_s, tr("How often late events are looked for"), tr("never")))
    , m_daily(new QCheckBox(tr("Read the last 24 hours again once a &day")))
{
    m_fold->setObjectName(u"advanced"_s);
    m_fold->setText(tr("Ad&vanced: proxy, certificates, rate limits, late events"));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setArrowType(Qt::RightArrow);
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    auto *inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(2 * metrics::Unit, 0, 0, 0);
    inner->setSpacing(2 * metrics::Unit);
    inner->addWidget(buildRoute());
    inner->addWidget(buildPace());
    m_content->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics::Unit);
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_content);

    m_addressCheck = new FieldCheck(
        m_address, m_addressMessage, [this] { return proxyProblem(); }, this);
    connect(m_fold, &QToolButton::toggled, this, [this](bool shown) {
        m_fold->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
        m_content->setVisible(shown);
    });
    connect(m_proxy, &QComboBox::currentIndexChanged, this, [this] {
        updateState();
        Q_EMIT routeChanged();
    });
    for (const QLineEdit *edit : {m_address, m_password, m_caFile}) {
        connect(edit, &QLineEdit::textChanged, this, &AdvancedForm::changed);
        connect(edit, &QLineEdit::editingFinished, this, &AdvancedForm::routeChanged);
    }
    connect(m_caFile, &QLineEdit::textChanged, m_caFileMessage, &FieldMessage::clear);
    connect(m_address, &QLineEdit::textChanged, this, &AdvancedForm::updateState);
    updateState();
}

QWidget *AdvancedForm::buildRoute()
{
    m_proxy->setObjectName(u"proxy"_s);
    m_proxy->setAccessibleName(tr("Proxy"));
    m_proxy->addItem(tr("The system's"), int(Proxy::System));
    m_proxy->addItem(tr("None"), int(Proxy::None));
    m_proxy->addItem(tr("This one"), int(Proxy::Own));
    m_address->setObjectName(u"proxyAddress"_s);
    m_address->setAccessibleName(tr("Proxy address"));
    m_address->setPlaceholderText(u"http://user@proxy:8080"_s);
    m_addressMessage->setObjectName(u"proxyMessage"_s);
    m_addressMessage->setField(m_address);
    m_addressMessage->setHint(tr("http:// or socks5://, with a user name before the @ if the proxy wants one."));
    m_password->setObjectName(u"proxyPassword"_s);
    m_password->setAccessibleName(tr("Proxy password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_caFile->setObjectName(u"caFile"_s);
    m_caFile->setAccessibleName(tr("File of certificate authorities"));
    m_caFileMessage->setObjectName(u"caFileMessage"_s);
    m_caFileMessage->setField(m_caFile);
    m_caFileMessage->setHint(tr("PEM. Trusted beside the system's, for a proxy that inspects traffic."));
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAccessibleName(tr("Choose the file of certificate authorities"));
    connect(choose, &QPushButton::clicked, this, &AdvancedForm::chooseFile);

    auto *part = new QWidget;
    auto *grid = new QGridLayout(part);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(metrics::Unit);
    grid->setVerticalSpacing(metrics::HalfUnit);
    grid->setColumnStretch(1, 1);
    grid->addWidget(labelFor(m_proxy, tr("Pro&xy")), 0, 0);
    grid->addWidget(labelFor(m_address, tr("Add&ress")), 0, 1);
    grid->addWidget(labelFor(m_password, tr("Pass&word")), 0, 2);
    grid->addWidget(m_proxy, 1, 0);
    grid->addWidget(m_address, 1, 1);
    grid->addWidget(m_password, 1, 2);
    grid->addWidget(m_addressMessage, 2, 0, 1, 3);
    grid->addWidget(labelFor(m_caFile, tr("Certificate a&uthorities")), 3, 0, 1, 3);
    grid->addWidget(m_caFile, 4, 0, 1, 2);
    grid->addWidget(choose, 4, 2);
    grid->addWidget(m_caFileMessage, 5, 0, 1, 3);
    return part;
}

QWidget *AdvancedForm::buildPace()
{
    m_share->setObjectName(u"rateShare"_s);
    m_share->setAccessibleName(tr("Share of Okta's rate limits"));
    m_share->setRange(5, 100);
    m_share->setSuffix(tr(" %"));
    m_daily->setObjectName(u"reconcileDaily"_s);
    auto *part = new QWidget;
    auto *grid = new QGridLayout(part);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(2 * metrics::Unit);
    grid->setVerticalSpacing(metrics::HalfUnit);
    grid->setColumnStretch(3, 1);
    grid->addWidget(labelFor(m_share, tr("Share of rate &limits")), 0, 0);
    grid->addWidget(labelFor(m_window, tr("Look for late events in the last")), 0, 1);
    grid->addWidget(labelFor(m_period, tr("Every")), 0, 2);
    grid->addWidget(m_share, 1, 0);
    grid->addWidget(m_window, 1, 1);
    grid->addWidget(m_period, 1, 2);
    grid->addWidget(m_daily, 2, 0, 1, 4);
    for (QSpinBox *spin : {m_share, m_window, m_period}) {
        connect(spin, &QSpinBox::valueChanged, this, &AdvancedForm::changed);
    }
    connect(m_daily, &QCheckBox::toggled, this, &AdvancedForm::changed);
    return part;
}

void AdvancedForm::load(const SourceDraft &draft)
{
    const store::SourceConfig &config = draft.config;
    const bool isOwn = !config.proxy.isEmpty() && config.proxy != "none"_L1;
    const Proxy choice = config.proxy.isEmpty() ? Proxy::System : isOwn ? Proxy::Own : Proxy::None;
    m_savedProxy = draft.saved.proxy;
    m_proxy->setCurrentIndex(m_proxy->findData(int(choice)));
    m_address->setText(isOwn ? config.proxy : QString());
    m_password->setText(QString::fromUtf8(draft.proxyPassword.value_or(QByteArray())));
    m_caFile->setText(config.caFile);
    m_share->setValue(int(std::lround(config.rateShare * 100)));
    m_window->setValue(int(config.reconcileWindow.count()));
    m_period->setValue(int(config.reconcilePeriod.count()));
    m_daily->setChecked(config.reconcileDaily);
    const store::SourceConfig usual;
    const bool isUsual = config.proxy == usual.proxy && config.caFile == usual.caFile
        && config.rateShare == usual.rateShare && config.reconcileWindow == usual.reconcileWindow
        && config.reconcilePeriod == usual.reconcilePeriod && config.reconcileDaily == usual.reconcileDaily;
    m_fold->setChecked(m_fold->isChecked() || !isUsual);
    updateState();
}

void AdvancedForm::save(SourceDraft &draft) const
{
    store::SourceConfig &config = draft.config;
    config.proxy = proxyText();
    if (!m_password->text().isEmpty() && proxyChoice() == Proxy::Own) {
        draft.proxyPassword = m_password->text().toUtf8();
    } else {
        draft.proxyPassword.reset();
    }
    config.caFile = m_caFile->text().trimmed();
    config.rateShare = m_share->value() / 100.0;
    config.reconcileWindow = std::chrono::minutes(m_window->value());
    config.reconcilePeriod = std::chrono::minutes(m_period->value());
    config.reconcileDaily = m_daily->isChecked();
}

bool AdvancedForm::validate()
{
    if (m_addressCheck->check()) {
        return true;
    }
    open();
    return false;
}

void AdvancedForm::open()
{
    m_fold->setChecked(true);
    (proxyChoice() == Proxy::Own ? static_cast<QWidget *>(m_address) : m_proxy)->setFocus(Qt::OtherFocusReason);
}

okta::Route AdvancedForm::route() const
{
    return {proxyText(), m_password->text().toUtf8(), m_caFile->text().trimmed()};
}

void AdvancedForm::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose certificate authorities"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &name) {
        m_caFile->setText(name);
        Q_EMIT routeChanged();
    });
    dialog->open();
}

AdvancedForm::Proxy AdvancedForm::proxyChoice() const
{
    return static_cast<Proxy>(m_proxy->currentData().toInt());
}

QString AdvancedForm::proxyText() const
{
    switch (proxyChoice()) {
    case Proxy::System:
        return {};
    case Proxy::None:
        return u"none"_s;
    case Proxy::Own:
        return m_address->text().trimmed();
    }
    return {};
}

QString AdvancedForm::proxyProblem() const
{
    if (proxyChoice() != Proxy::Own) {
        return {};
    }
    if (m_address->text().trimmed().isEmpty()) {
        return tr("Enter the proxy's address, or choose the system's.");
    }
    const auto proxy = okta::parseProxy(m_address->text());
    return proxy ? QString() : proxy.error().sentence;
}

void AdvancedForm::updateState()
{
    const bool isOwn = proxyChoice() == Proxy::Own;
    m_address->setEnabled(isOwn);
    m_password->setEnabled(isOwn);
    const bool isKept = isOwn && !m_savedProxy.isEmpty() && m_address->text().trimmed() == m_savedProxy
        && m_savedProxy.contains(u'@');
    m_password->setPlaceholderText(isKept ? tr("Kept") : QString());
    if (m_addressCheck) {
        m_addressCheck->review();
    }
    Q_EMIT changed();
}

} // namespace octotrail::ui

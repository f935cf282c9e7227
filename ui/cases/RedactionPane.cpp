// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cases/RedactionPane.h"

#include "exchange/Redaction.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto key = "export/redact";
constexpr int rowsInSight = 10;

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

RedactionPane::RedactionPane(QWidget *parent)
    : QWidget(parent)
    , m_fields(new QListWidget(this))
    , m_other(new QLineEdit(this))
    , m_random(new QRadioButton(tr("New pseudonyms, which &nobody can tell again"), this))
    , m_repeatable(new QRadioButton(tr("The same ones each &time, by a passphrase"), this))
    , m_passphrase(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    m_fields->setObjectName(u"redactedFields"_s);
    m_fields->setAccessibleName(tr("Fields to pseudonymise"));
    m_fields->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_other->setObjectName(u"otherField"_s);
    m_other->setAccessibleName(tr("Another field"));
    m_other->setPlaceholderText(tr("Another field, such as client.zone"));
    m_random->setObjectName(u"randomKey"_s);
    m_repeatable->setObjectName(u"passphraseKey"_s);
    m_passphrase->setObjectName(u"redactionPassphrase"_s);
    m_passphrase->setAccessibleName(tr("Passphrase for the pseudonyms"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setPlaceholderText(tr("At least %1 characters").arg(exchange::RedactionKey::shortestPassphrase));
    m_problem->setObjectName(u"redactionProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto *about
        = new QLabel(tr("Whatever these fields say is replaced, there and wherever else it stands: in messages, "
                        "requests and notes."),
            this);
    about->setWordWrap(true);
    auto *plus = new QPushButton(tr("&Add"), this);
    plus->setAutoDefault(false);
    plus->setObjectName(u"addField"_s);

    auto *other = new QHBoxLayout;
    other->addWidget(m_other, 1);
    other->addWidget(plus);
    auto *passphrase = new QHBoxLayout;
    passphrase->addSpacing(3 * metrics::Unit);
    passphrase->addWidget(m_passphrase, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Unit);
    layout->addWidget(about);
    layout->addWidget(m_fields, 1);
    layout->addLayout(other);
    layout->addWidget(m_random);
    layout->addWidget(m_repeatable);
    layout->addLayout(passphrase);
    layout->addWidget(m_problem);

    const QVariant kept = QSettings().value(key);
    QStringList chosen = kept.toStringList();
    for (const exchange::RedactableField &field : exchange::redactableFields()) {
        const QString path = toText(field.path);
        const bool isChosen = kept.isValid() ? chosen.removeAll(path) > 0 : field.isSuggested;
        add(path, QCoreApplication::translate("Redaction", field.caption.data()), isChosen);
    }
    for (const QString &path : chosen) {
        add(path, {}, true);
    }
    m_fields->setMinimumHeight(rowsInSight * m_fields->sizeHintForRow(0) + 2 * m_fields->frameWidth());
    m_random->setChecked(true);
    connect(plus, &QPushButton::clicked, this, &RedactionPane::addOther);
    connect(m_other, &QLineEdit::returnPressed, this, &RedactionPane::addOther);
    connect(m_fields, &QListWidget::itemChanged, this, &RedactionPane::update);
    connect(m_repeatable, &QRadioButton::toggled, this, [this](bool on) {
        update();
        if (on) {
            m_passphrase->setFocus();
        }
    });
    connect(m_passphrase, &QLineEdit::textChanged, this, &RedactionPane::update);
    update();
}

void RedactionPane::add(const QString &path, const QString &caption, bool isChosen)
{
    auto *item = new QListWidgetItem(caption.isEmpty() ? path : u"%1  \u2013  %2"_s.arg(path, caption), m_fields);
    item->setToolTip(item->text().toHtmlEscaped());
    item->setData(Qt::UserRole, path);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
}

void RedactionPane::addOther()
{
    const QString path = m_other->text().trimmed();
    if (path.isEmpty()) {
        return;
    }
    if (const auto checked = exchange::checkRedactedFields({path.toStdString()}); !checked) {
        showProblem(checked.error().sentence);
        return;
    }
    m_other->clear();
    for (int row = 0; row < m_fields->count(); ++row) {
        if (m_fields->item(row)->data(Qt::UserRole).toString() == path) {
            m_fields->item(row)->setCheckState(Qt::Checked);
            m_fields->setCurrentRow(row);
            return;
        }
    }
    add(path, {}, true);
    m_fields->setCurrentRow(m_fields->count() - 1);
    update();
}

void RedactionPane::update()
{
    m_passphrase->setEnabled(m_repeatable->isChecked());
    showProblem(problem());
    Q_EMIT changed();
}

void RedactionPane::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

RedactionChoice RedactionPane::choice() const
{
    RedactionChoice choice;
    for (int row = 0; row < m_fields->count(); ++row) {
        const QListWidgetItem *item = m_fields->item(row);
        if (item->checkState() == Qt::Checked) {
            choice.fields.push_back(item->data(Qt::UserRole).toString().toStdString());
        }
    }
    if (m_repeatable->isChecked()) {
        choice.passphrase = m_passphrase->text();
    }
    return choice;
}

QString RedactionPane::problem() const
{
    if (const auto checked = exchange::checkRedactedFields(choice().fields); !checked) {
        return checked.error().sentence;
    }
    const auto length = m_passphrase->text().toUtf8().size();
    if (m_repeatable->isChecked() && length < static_cast<qsizetype>(exchange::RedactionKey::shortestPassphrase)) {
        return tr("The passphrase needs %1 characters or more.").arg(exchange::RedactionKey::shortestPassphrase);
    }
    return {};
}

void RedactionPane::remember() const
{
    QStringList fields;
    for (const std::string &field : choice().fields) {
        fields << QString::fromStdString(field);
    }
    QSettings().setValue(key, fields);
}

} // namespace octotrail::ui

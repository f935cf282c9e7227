// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/PreferencesDialog.h"

#include "ui/alerts/AlertLook.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/FocusOrder.h"
#include "ui/widgets/PlainText.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QLabel *plain(const QString &text, QWidget *parent, bool muted = false)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (muted) {
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    return label;
}

QLabel *heading(const QString &text, QWidget *parent)
{
    QLabel *label = plain(text, parent);
    label->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    return label;
}

} // namespace

PreferencesDialog::PreferencesDialog(const Preferences &preferences, bool startsAtLogin, bool hasTray, QWidget *parent)
    : QDialog(parent)
    , m_given(preferences)
    , m_sound(new QCheckBox(tr("Play a &sound"), this))
    , m_closeToTray(new QCheckBox(tr("Go on &collecting when the window is closed"), this))
    , m_startAtLogin(new QCheckBox(tr("Start &minimized when I log in"), this))
    , m_error(plain({}, this))
    , m_tested(plain({}, this))
    , m_test(new QPushButton(tr("Send a &test alert"), this))
{
    setWindowTitle(tr("Preferences"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(95 * metrics::Unit);
    m_error->setObjectName(u"preferencesError"_s);
    QPalette bad = palette();
    bad.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_error->setPalette(bad);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setObjectName(u"preferencesOk"_s);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(this->preferences(), this->startsAtLogin());
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * metrics::Unit, 2 * metrics::Unit, 3 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(2 * metrics::Unit);
    layout->addWidget(makeAlerts());
    layout->addWidget(makeBackground(startsAtLogin, hasTray));
    layout->addStretch();
    layout->addWidget(buttons);
    orderFocus(*this);
    m_rows.back().notify->setFocus();
    check();
    makeRoom();
}

QWidget *PreferencesDialog::makeAlerts()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->addWidget(heading(tr("New alerts"), page));
    layout->addWidget(plain(tr("A web address is sent each new alert as JSON; a command is given it on its standard "
                               "input and is run without a shell. Both are tried again for some minutes if they fail. "
                               "What is sent names people and addresses, but no token and no key."),
        page, true));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::Unit + metrics::HalfUnit);
    grid->setVerticalSpacing(metrics::HalfUnit);
    const QStringList titles{tr("Severity"), tr("On the desktop"), tr("Post to a web address"), tr("Run a command")};
    for (int column = 0; column < titles.size(); ++column) {
        grid->addWidget(plain(titles[column], page, true), 0, column);
    }
    int row = 0;
    for (int severity = store::alertSeverities; severity-- > 0;) {
        addSeverity(*grid, ++row, static_cast<store::AlertSeverity>(severity));
    }
    grid->setColumnStretch(2, 1);
    grid->setColumnStretch(3, 1);
    layout->addLayout(grid);
    layout->addWidget(m_error);
    m_test->setObjectName(u"sendTest"_s);
    m_test->setAutoDefault(false);
    m_test->setToolTip(ui::toolTip(tr("Sends an invented alert to each address and command above, once.")));
    m_tested->setObjectName(u"testResult"_s);
    connect(m_test, &QPushButton::clicked, this, &PreferencesDialog::test);
    auto *test = new QHBoxLayout;
    test->setSpacing(metrics::Unit);
    test->addWidget(m_test, 0, Qt::AlignTop);
    test->addWidget(m_tested, 1);
    layout->addLayout(test);
    m_sound->setObjectName(u"sound"_s);
    m_sound->setChecked(m_given.sound);
    layout->addWidget(m_sound);
    return page;
}

void PreferencesDialog::addSeverity(QGridLayout &grid, int row, store::AlertSeverity severity)
{
    const auto number = static_cast<std::size_t>(severity);
    const AlertLook look = alertLook(severity);
    const QString name = QString::number(number);
    Row &fields = m_rows.at(number);
    auto *icon = new QLabel(this);
    icon->setPixmap(look.icon().pixmap(metrics::IconSize, metrics::IconSize));
    auto *title = new QHBoxLayout;
    title->setSpacing(metrics::HalfUnit + 2);
    title->addWidget(icon);
    title->addWidget(new QLabel(look.word, this), 1);
    fields.notify = new QCheckBox(this);
    fields.notify->setObjectName(u"notify"_s + name);
    fields.notify->setAccessibleName(tr("%1 on the desktop").arg(look.word));
    fields.notify->setChecked(m_given.notify.at(number));
    fields.webhook = new QLineEdit(m_given.routes.at(number).webhook, this);
    fields.webhook->setObjectName(u"webhook"_s + name);
    fields.webhook->setAccessibleName(tr("%1: web address").arg(look.word));
    fields.webhook->setPlaceholderText(tr("https://"));
    fields.command = new QLineEdit(m_given.routes.at(number).command, this);
    fields.command->setObjectName(u"command"_s + name);
    fields.command->setAccessibleName(tr("%1: command").arg(look.word));
    for (QLineEdit *edit : {fields.webhook, fields.command}) {
        edit->setMaxLength(2000);
        connect(edit, &QLineEdit::textChanged, this, &PreferencesDialog::check);
    }
    grid.addLayout(title, row, 0);
    grid.addWidget(fields.notify, row, 1, Qt::AlignHCenter);
    grid.addWidget(fields.webhook, row, 2);
    grid.addWidget(fields.command, row, 3);
}

QWidget *PreferencesDialog::makeBackground(bool startsAtLogin, bool hasTray)
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->addWidget(heading(tr("In the background"), page));
    m_closeToTray->setObjectName(u"closeToTray"_s);
    m_closeToTray->setChecked(m_given.closeToTray);
    m_closeToTray->setEnabled(hasTray);
    layout->addWidget(m_closeToTray);
    layout->addWidget(plain(hasTray ? tr("Closing the window then leaves Octotrail in the tray: sources are collected "
                                         "and detections run on. Quit ends it.")
                                    : tr("This desktop has no tray that Octotrail could stay in. Minimize the window "
                                         "instead, or run \u201coctotrail collect\u201d as a service."),
        page, true));
    m_startAtLogin->setObjectName(u"startAtLogin"_s);
    m_startAtLogin->setChecked(startsAtLogin);
    layout->addWidget(m_startAtLogin);
    layout->addWidget(plain(tr("Time in which Octotrail does not run is not lost: Okta keeps events for 90 days, and "
                               "what is missing is fetched at the next start."),
        page, true));
    return page;
}

Preferences PreferencesDialog::preferences() const
{
    Preferences result = m_given;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        result.notify[i] = m_rows[i].notify->isChecked();
        result.routes[i] = {m_rows[i].webhook->text().trimmed(), m_rows[i].command->text().trimmed()};
    }
    result.sound = m_sound->isChecked();
    result.closeToTray = m_closeToTray->isChecked();
    return result;
}

bool PreferencesDialog::startsAtLogin() const
{
    return m_startAtLogin->isChecked();
}

void PreferencesDialog::test()
{
    m_tested->setText(tr("Sending…"));
    m_answers.clear();
    Q_EMIT testRequested(preferences().routes);
}

void PreferencesDialog::showTested(const QString &target, const QString &fault)
{
    const QString line = fault.isEmpty() ? tr("Arrived at %1.").arg(target) : tr("Not at %1: %2.").arg(target, fault);
    m_answers << singleLine(line, 300);
    m_tested->setText(m_answers.join(u'\n'));
    makeRoom();
}

/// Its sentences wrap: the layout alone would squeeze the fields.
void PreferencesDialog::makeRoom()
{
    const int wide = std::max(width(), minimumWidth());
    resize(wide, std::max(isVisible() ? height() : 0, layout()->heightForWidth(wide)));
}

/// Says at once what could not be used.
void PreferencesDialog::check()
{
    QString error;
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        const QString word = alertLook(static_cast<store::AlertSeverity>(i)).word;
        const auto look = [&](const QString &text, event::Status (*checked)(const QString &)) {
            if (!error.isEmpty() || text.trimmed().isEmpty()) {
                return;
            }
            if (const event::Status good = checked(text); !good) {
                error = u"%1: %2"_s.arg(word, good.error().sentence);
            }
        };
        look(m_rows[i].webhook->text(), &notify::AlertForwarder::checkWebhook);
        look(m_rows[i].command->text(), &notify::AlertForwarder::checkCommand);
    }
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
    const auto routes = preferences().routes;
    m_test->setEnabled(error.isEmpty() && std::ranges::any_of(routes, [](const auto &route) {
        return !route.webhook.isEmpty() || !route.command.isEmpty();
    }));
    if (m_ok) {
        m_ok->setEnabled(error.isEmpty());
    }
}

} // namespace octotrail::ui

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WizardDriver.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QTest>

namespace octotrail::tests {

using namespace Qt::StringLiterals;

bool WizardDriver::open()
{
    m_wizard.open();
    return QTest::qWaitFor([this] {
        m_wizard.activateWindow();
        return m_wizard.isActiveWindow();
    });
}

QString WizardDriver::heading() const
{
    return find<QLabel>("heading")->text();
}

QString WizardDriver::nextText() const
{
    return find<QPushButton>("next")->text().remove(u'&');
}

void WizardDriver::type(const char *name, const QString &text) const
{
    QLineEdit *field = edit(name);
    QTest::mouseClick(field, Qt::LeftButton);
    QTest::keySequence(field, QKeySequence::SelectAll);
    QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, text);
}

void WizardDriver::paste(const char *name, const QString &text) const
{
    QLineEdit *field = edit(name);
    QTest::mouseClick(field, Qt::LeftButton);
    QTest::keySequence(field, QKeySequence::SelectAll);
    QGuiApplication::clipboard()->setText(text);
    QTest::keySequence(field, QKeySequence::Paste);
}

void WizardDriver::press(Qt::Key key, Qt::KeyboardModifiers modifiers) const
{
    QWidget *focus = m_wizard.focusWidget();
    QTest::keyClick(focus ? focus : &m_wizard, key, modifiers);
}

void WizardDriver::click(const char *name) const
{
    auto *button = find<QAbstractButton>(name);
    const QPoint place = qobject_cast<QCheckBox *>(button) ? QPoint(8, button->height() / 2) : button->rect().center();
    QTest::mouseClick(button, Qt::LeftButton, {}, place);
}

void WizardDriver::fillConnection(const QString &name, const QString &address, const QString &token) const
{
    type("name", name);
    paste("subdomain", address);
    paste("token", token);
}

bool WizardDriver::runChecks() const
{
    for (int i = 0; i < 3; ++i) {
        next();
    }
    return QTest::qWaitFor(
        [this] {
            return heading() == u"Test the connection"_s && outcome() != ui::SetupStep::Outcome::Running
                && outcome() != ui::SetupStep::Outcome::None;
        },
        20000);
}

ui::SetupStep::Outcome WizardDriver::outcome() const
{
    return m_wizard.findChild<ui::SetupStep *>()->outcome();
}

QStringList cutTexts(const QWidget &window)
{
    QStringList cut;
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty()) {
            continue;
        }
        const bool tooLow = label->wordWrap() && label->height() < label->heightForWidth(label->width());
        const bool tooNarrow = !label->wordWrap() && label->width() < label->sizeHint().width();
        if (tooLow || tooNarrow) {
            cut.append(label->text());
        }
    }
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        const bool isPlain = qobject_cast<const QPushButton *>(button) || qobject_cast<const QCheckBox *>(button);
        if (button->isVisible() && isPlain && button->width() < button->sizeHint().width()) {
            cut.append(button->text());
        }
    }
    return cut;
}

} // namespace octotrail::tests

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/FieldMessage.h"
#include "ui/sources/SetupStep.h"
#include "ui/sources/SourceWizard.h"

#include <QLineEdit>

namespace octotrail::tests {

/// Does with a source-setup form what a user does: types, pastes, clicks, reads.
class WizardDriver
{
public:
    explicit WizardDriver(ui::SourceWizard &wizard)
        : m_wizard(wizard)
    { }

    /// Shows the form and waits until it has the focus.
    bool open();

    template <class T = QWidget>
    T *find(const char *name) const
    {
        auto *found = m_wizard.findChild<T *>(QString::fromLatin1(name));
        if (!found) {
            qFatal("The form has no %s.", name);
        }
        return found;
    }
    QLineEdit *edit(const char *name) const { return find<QLineEdit>(name); }
    QString message(const char *name) const { return find<ui::FieldMessage>(name)->text(); }
    ui::FieldMessage::Kind messageKind(const char *name) const { return find<ui::FieldMessage>(name)->kind(); }
    QString heading() const;
    QString nextText() const;

    /// Clicks into the field, empties it, and types.
    void type(const char *name, const QString &text) const;
    /// The same with the clipboard and Ctrl+V.
    void paste(const char *name, const QString &text) const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const;
    void click(const char *name) const;
    void next() const { click("next"); }

    /// Fills the first step for this organization.
    void fillConnection(const QString &name, const QString &address, const QString &token) const;
    /// From the first step to the last, and until the checks have ended there.
    bool runChecks() const;
    ui::SetupStep::Outcome outcome() const;

    ui::SourceWizard &wizard() const { return m_wizard; }

private:
    ui::SourceWizard &m_wizard;
};

/// Every visible text that does not fit into its widget: empty if the form is whole.
QStringList cutTexts(const QWidget &window);

} // namespace octotrail::tests

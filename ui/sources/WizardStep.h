// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/SourceDraft.h"
#include "ui/sources/SourceField.h"

#include <QWidget>

namespace octotrail::ui {

/// One page of the source-setup form.
class WizardStep : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// A word or two, for the list of steps.
    virtual QString title() const = 0;
    virtual QString heading() const = 0;
    virtual QString introduction() const = 0;

    /// Called each time before the step is shown.
    virtual void load(const SourceDraft &draft) = 0;
    virtual void save(SourceDraft &draft) const = 0;
    /// Whether the step may be left forwards. Says at each wrong field what is wrong, and moves the focus to the first.
    virtual bool validate() = 0;
    /// Called when the step is left, in either direction.
    virtual void leave() { }
    /// Moves the focus to the field and says there what is wrong with it, if anything is known; false if the field is
    /// on another step.
    virtual bool focusField(SourceField field, const QString &fault) = 0;
    virtual void focusFirst() = 0;

Q_SIGNALS:
    /// Something was edited, or has become known, that may decide whether the step can be left.
    void changed();
};

} // namespace octotrail::ui

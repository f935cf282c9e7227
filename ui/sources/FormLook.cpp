// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/FormLook.h"

#include "ui/style/Metrics.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>
#include <algorithm>

namespace octotrail::ui {

void alignControls(QWidget *form)
{
    const QLineEdit model;
    const int height = std::max(model.sizeHint().height(), metrics::ControlHeight);
    const auto fit = [height](QWidget *control) { control->setFixedHeight(height); };
    for (QLineEdit *edit : form->findChildren<QLineEdit *>()) {
        if (!qobject_cast<QAbstractSpinBox *>(edit->parentWidget())) {
            edit->setTextMargins(metrics::HalfUnit, 0, metrics::HalfUnit, 0);
            fit(edit);
        }
    }
    for (QComboBox *combo : form->findChildren<QComboBox *>()) {
        fit(combo);
    }
    for (QAbstractSpinBox *spin : form->findChildren<QAbstractSpinBox *>()) {
        fit(spin);
    }
    for (QToolButton *button : form->findChildren<QToolButton *>()) {
        if (!qobject_cast<QLineEdit *>(button->parentWidget())) {
            fit(button);
        }
    }
}

} // namespace octotrail::ui

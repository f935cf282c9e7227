// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace octotrail::ui {

class ToneLabel;

/// A choice with a name, a description under it, and room for what belongs to it.
class OptionRow : public QWidget
{
    Q_OBJECT

public:
    explicit OptionRow(QWidget *parent = nullptr);

    QCheckBox *box() const { return m_box; }
    /// Plain text.
    void setText(const QString &name, const QString &description);
    /// Under the description, aligned with it.
    void addWidget(QWidget *widget);

private:
    QCheckBox *m_box;
    ToneLabel *m_description;
    QVBoxLayout *m_column;
};

} // namespace octotrail::ui

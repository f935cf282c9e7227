// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <string>

class QCheckBox;
class QLabel;
class QPlainTextEdit;

namespace octotrail::ui {

/// Bytes as they were received, and, if wanted, indented. Shows the beginning of what is long; Copy takes it whole.
class RawView : public QWidget
{
    Q_OBJECT

public:
    explicit RawView(QWidget *parent = nullptr);

    /// The indented form is made by whoever reads the bytes, off the GUI thread.
    void setText(std::string bytes, QString shownBytes, QString shownIndented);
    void clear();
    bool isIndented() const;
    void setIndented(bool indented);

    /// How much of the text is worth showing.
    static constexpr qsizetype shownLimit = 200'000;

private:
    void show();

    std::string m_bytes;
    QString m_plain;
    QString m_indented;
    QPlainTextEdit *m_text;
    QCheckBox *m_indent;
    QLabel *m_size;
};

} // namespace octotrail::ui

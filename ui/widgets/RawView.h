// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/JsonDocument.h"

#include <QWidget>

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

    void setDocument(JsonDocument document);
    void clear();
    bool isIndented() const;
    void setIndented(bool indented);

private:
    void show();

    JsonDocument m_document;
    QPlainTextEdit *m_text;
    QCheckBox *m_indent;
    QLabel *m_size;
};

} // namespace octotrail::ui

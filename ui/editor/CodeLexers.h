// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <Qsci/qscilexerpython.h>
#include <Qsci/qscilexeryaml.h>

namespace octotrail::ui {

/// What colours the two languages of rules, from the palette.
struct CodeLexers
{
    explicit CodeLexers(QObject *parent)
        : yaml(parent)
        , python(parent)
    { }

    void setLook(const QPalette &palette);

    QsciLexerYAML yaml;
    QsciLexerPython python;
};

} // namespace octotrail::ui

// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Matcher.h"
#include "store/Store.h"

#include <QCache>
#include <QColor>
#include <QObject>
#include <QTimer>
#include <vector>

class QPalette;

namespace octotrail::ui {

/// Events that match the filter are shown in the colour.
struct ColorRule
{
    QString name; ///< never empty
    QString filter; ///< in the filter language, or words
    int color = 0; ///< into ruleColors()
    bool enabled = true;
    bool operator==(const ColorRule &) const = default;

    static constexpr qsizetype longestName = 200;
    /// Of a rule that nobody named: its filter, as far as a name goes.
    static QString usualName(const QString &filter) { return filter.trimmed().left(longestName); }
};

/// A colour that rules can have. It is a hue, not a value: the ground and the stripe are made for the palette, so that
/// text stays readable in light and dark.
struct RuleColor
{
    const char *key; ///< for files
    QString caption;
    QColor ground; ///< behind the row's text
    QColor stripe; ///< at its beginning
};
QList<RuleColor> ruleColors(const QPalette &palette);

/// Decides which colour rule the events on the screen are of: the first one that matches. Reads their bytes and asks
/// the filters off the GUI thread; until that is done a row has no colour.
class RowColors : public QObject
{
    Q_OBJECT

public:
    explicit RowColors(std::shared_ptr<store::Store> store, QObject *parent = nullptr);
    ~RowColors() override;

    /// Rules whose filter cannot be read match nothing.
    void setRules(const std::vector<ColorRule> &rules);
    const std::vector<ColorRule> &rules() const { return m_rules; }
    const ColorRule &rule(int index) const { return m_rules[static_cast<std::size_t>(index)]; }

    /// The rule that the event is of; -1 if none, or if that is not known yet: then changed() follows.
    int ruleOf(store::Seq seq) const;
    /// What filters ask beside the events (profiles, annotations) has changed.
    void forget();

Q_SIGNALS:
    void changed();
    void failed(const QString &sentence);

private:
    struct Compiled;
    void compile();
    void judge();

    static constexpr int capacity = 16384;
    static constexpr std::size_t atOnce = 400;

    std::shared_ptr<store::Store> m_store;
    std::vector<ColorRule> m_rules;
    std::shared_ptr<const Compiled> m_compiled; ///< nullptr: no rule is in force, or it is not ready
    bool m_asksBeside = false;
    mutable QCache<store::Seq, int> m_known{capacity};
    mutable std::vector<store::Seq> m_wanted;
    mutable QTimer m_timer;
    bool m_judging = false;
    quint64 m_era = 0;
};

} // namespace octotrail::ui

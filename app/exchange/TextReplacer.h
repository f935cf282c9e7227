// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>
#include <bitset>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace octotrail::exchange {

/// Replaces known values wherever they stand in texts, without regard to case, the longest one first. For one thread.
///
/// Plain ASCII values without an @ count only where no letter or digit touches them: an "ann" is not in "annual". Any
/// other is found anywhere.
class TextReplacer
{
public:
    /// make gives what a value is replaced by, once for each.
    explicit TextReplacer(std::function<std::string(std::string_view)> make);

    /// From now on. A single character is too little to be found again and is not taken.
    void add(std::string_view value);
    bool contains(std::string_view value) const;
    std::size_t size() const { return m_values.size(); }

    std::string replaced(std::string_view text) const;

    /// Case by case of a single code unit, so that places stay where they are.
    static QString folded(QStringView text);

private:
    /// Where values of that beginning end, from the longest.
    using Lengths = std::vector<qsizetype>;
    /// false: nothing can be found in it. A quick look at ASCII.
    bool mayHold(std::string_view text) const;
    qsizetype longestAt(QStringView text, qsizetype at) const;
    qsizetype longestOf(const Lengths &lengths, QStringView text, qsizetype at) const;

    std::function<std::string(std::string_view)> m_make;
    std::deque<QString> m_keys; ///< stay where they are
    std::unordered_map<std::u16string_view, std::string> m_values;
    std::unordered_map<quint64, Lengths> m_long; ///< by the first four code units
    std::unordered_map<quint64, Lengths> m_short; ///< by the first two, of those that have no four
    // A quick no: their beginnings, hashed.
    std::vector<bool> m_longBegins = std::vector<bool>(std::size_t{1} << 20);
    std::bitset<65536> m_shortBegins;
};

} // namespace octotrail::exchange

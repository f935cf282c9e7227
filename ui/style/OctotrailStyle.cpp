// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/OctotrailStyle.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/style/Tones.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QStyleFactory>
#include <QToolButton>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int menuMarkWidth = 14;

/// Whether a tool button says by a mark at its right that it opens a menu.
bool hasMenuMark(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    return button && (button->features & QStyleOptionToolButton::HasMenu)
        && !(button->features & QStyleOptionToolButton::MenuButtonPopup);
}

} // namespace

OctotrailStyle::OctotrailStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{ }

void OctotrailStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractItemView *>(widget) || qobject_cast<QToolButton *>(widget)
        || qobject_cast<QLineEdit *>(widget)) {
        widget->setAttribute(Qt::WA_Hover);
    }
}

int OctotrailStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
    case PM_ToolBarIconSize:
        return metrics::IconSize;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return metrics::Unit;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 4 * metrics::Unit;
    case PM_SplitterWidth:
        return 5;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_HeaderMarkSize:
        return 8;
    case PM_HeaderMargin:
        return metrics::Unit;
    case PM_TabBarTabHSpace:
        return 3 * metrics::Unit;
    case PM_TabBarTabVSpace:
        return metrics::Unit + metrics::HalfUnit;
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_MenuVMargin:
        return metrics::HalfUnit;
    case PM_MenuHMargin:
        return 2;
    case PM_MenuButtonIndicator:
        return 12;
    case PM_FocusFrameHMargin:
        return metrics::Unit - 1; // the margin of a cell's text, with the pixel that Qt adds
    case PM_TreeViewIndentation:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int OctotrailStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
    case SH_DialogButtonBox_ButtonsHaveIcons: // the desktop's, which few buttons have
        return 0;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_Table_GridLineColor:
        return option ? static_cast<int>(lineColor(option->palette).rgb()) : -1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize OctotrailStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result.setHeight(std::max(result.height(), metrics::ControlHeight));
        if (!qobject_cast<const QPushButton *>(widget) || !static_cast<const QPushButton *>(widget)->isFlat()) {
            result.rwidth() += metrics::Unit;
        }
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(std::max(result.height(), metrics::ControlHeight));
        break;
    case CT_ToolButton:
        result.setHeight(std::max(size.height() + metrics::Unit, metrics::ControlHeight - metrics::HalfUnit));
        result.setWidth(std::max(size.width() + metrics::Unit, result.height()));
        if (hasMenuMark(option)) {
            result.rwidth() += menuMarkWidth;
        }
        break;
    case CT_HeaderSection:
        result.setHeight(std::max(result.height(), metrics::RowHeight + 2));
        break;
    case CT_ItemViewItem:
        if (option) {
            result.setHeight(std::max(result.height(), option->fontMetrics.height() + metrics::HalfUnit + 2));
        }
        break;
    case CT_MenuItem:
        result.setHeight(std::max(result.height(), size.height() > metrics::Unit * 2 ? metrics::RowHeight + 2 : 0));
        break;
    default:
        break;
    }
    return result;
}

void OctotrailStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        const QColor base = option->palette.color(QPalette::Base);
        if (!frame || frame->lineWidth <= 0) {
            // Inside a combo box or a spin box, whose frame is drawn already.
            if (element == PE_PanelLineEdit && widget && !widget->parentWidget()) {
                painter->fillRect(option->rect, base);
            }
            return;
        }
        const bool focus = option->state & State_HasFocus;
        const QColor border = focus ? option->palette.color(QPalette::Link) : lineColor(option->palette);
        painting::box(*painter, option->rect, base, border, metrics::Radius, focus ? 1.6 : 1.0);
        return;
    }
    case PE_PanelButtonCommand: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool isDefault = button && (button->features & QStyleOptionButton::DefaultButton);
        const bool flat = button && (button->features & QStyleOptionButton::Flat);
        painting::button(*painter, *option, isDefault, flat);
        return;
    }
    case PE_PanelButtonTool: {
        const auto *tool = qobject_cast<const QToolButton *>(widget);
        painting::button(*painter, *option, false, !tool || tool->autoRaise());
        return;
    }
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView *>(widget)) {
            painter->save();
            painter->setPen(option->palette.color(QPalette::Link));
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            painter->restore();
        } else {
            painting::box(
                *painter, option->rect, QColor(), option->palette.color(QPalette::Link), metrics::Radius - 1, 1.6);
        }
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameTabWidget:
    case PE_FrameMenu:
        painting::box(*painter, option->rect, QColor(), lineColor(option->palette),
            element == PE_FrameGroupBox ? metrics::Radius : 0);
        return;
    case PE_FrameStatusBarItem:
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(
            option->rect.left(), option->rect.bottom(), option->rect.width(), 1, lineColor(option->palette));
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, option->palette.color(QPalette::ToolTipBase));
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        painting::checkBox(*painter, *option);
        return;
    case PE_IndicatorRadioButton:
        painting::radioButton(*painter, *option);
        return;
    case PE_IndicatorArrowDown:
        painting::chevron(*painter, option->rect, Qt::DownArrow, option->palette.color(QPalette::ButtonText));
        return;
    case PE_IndicatorArrowUp:
        painting::chevron(*painter, option->rect, Qt::UpArrow, option->palette.color(QPalette::ButtonText));
        return;
    case PE_IndicatorArrowRight:
        painting::chevron(*painter, option->rect, Qt::RightArrow, option->palette.color(QPalette::ButtonText));
        return;
    case PE_IndicatorArrowLeft:
        painting::chevron(*painter, option->rect, Qt::LeftArrow, option->palette.color(QPalette::ButtonText));
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            // Qt's SortDown stands for ascending order.
            // Qt puts it at the top; the title stands in the middle.
            QRect place = option->rect;
            if (widget) {
                place.moveTop((widget->height() - place.height()) / 2);
            }
            painting::chevron(*painter, place,
                header->sortIndicator == QStyleOptionHeader::SortDown ? Qt::UpArrow : Qt::DownArrow,
                option->palette.color(QPalette::Link));
        }
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children) {
            painting::chevron(*painter, option->rect, option->state & State_Open ? Qt::DownArrow : Qt::RightArrow,
                toneColor(Tone::Muted, option->palette));
        }
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void OctotrailStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            painting::headerSection(*painter, *header);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        painter->fillRect(
            option->rect.left(), option->rect.bottom(), option->rect.width(), 1, lineColor(option->palette));
        return;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            painting::tab(*painter, *tab);
            return;
        }
        break;
    case CE_Splitter: {
        const QRect r = option->rect;
        const QColor line
            = option->state & State_MouseOver ? option->palette.color(QPalette::Link) : lineColor(option->palette);
        if (option->state & State_Horizontal) {
            painter->fillRect(r.center().x(), r.top(), 1, r.height(), line);
        } else {
            painter->fillRect(r.left(), r.center().y(), r.width(), 1, line);
        }
        return;
    }
    case CE_ProgressBarGroove:
        painting::progressGroove(*painter, *option);
        return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            painting::progressContents(*painter, *bar);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            if ((button->features & QStyleOptionButton::DefaultButton) && (option->state & State_Enabled)
                && !(button->features & QStyleOptionButton::Flat)) {
                QStyleOptionButton onAccent(*button);
                onAccent.palette.setColor(QPalette::ButtonText, option->palette.color(QPalette::Base));
                QProxyStyle::drawControl(element, &onAccent, painter, widget);
                return;
            }
        }
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        return;
    case CE_SizeGrip:
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void OctotrailStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            painting::scrollBar(*painter, *slider, subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget));
            return;
        }
    }
    const auto *tool = control == CC_ToolButton ? qstyleoption_cast<const QStyleOptionToolButton *>(option) : nullptr;
    if (tool && tool->toolButtonStyle == Qt::ToolButtonTextBesideIcon
        && !(tool->features & QStyleOptionToolButton::MenuButtonPopup)) {
        QStyleOptionToolButton button(*tool);
        drawPrimitive(PE_PanelButtonTool, &button, painter, widget);
        if (button.state & State_HasFocus) {
            drawPrimitive(PE_FrameFocusRect, &button, painter, widget);
        }
        const bool marked = hasMenuMark(option);
        const QRect whole = button.rect;
        button.rect = whole.adjusted(metrics::HalfUnit + 1, 0, marked ? -menuMarkWidth : 0, 0);
        drawControl(CE_ToolButtonLabel, &button, painter, widget);
        if (marked) {
            const QRect mark(whole.right() - menuMarkWidth - 4, whole.top(), menuMarkWidth, whole.height());
            painting::chevron(*painter, mark, Qt::DownArrow, toneColor(Tone::Muted, button.palette));
        }
        return;
    }
    if (control == CC_ComboBox) {
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            const bool focus = option->state & State_HasFocus;
            QStyleOption panel(*option);
            if (combo->editable || focus) {
                painting::box(*painter, option->rect,
                    option->palette.color(combo->editable ? QPalette::Base : QPalette::Button),
                    focus ? option->palette.color(QPalette::Link) : lineColor(option->palette), metrics::Radius,
                    focus ? 1.6 : 1.0);
            } else {
                painting::button(*painter, panel, false, false);
            }
            painting::chevron(*painter, subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget), Qt::DownArrow,
                option->palette.color(
                    option->state & State_Enabled ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
            return;
        }
    }
    if (control == CC_SpinBox) {
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
            const bool focus = option->state & State_HasFocus;
            painting::box(*painter, option->rect, option->palette.color(QPalette::Base),
                focus ? option->palette.color(QPalette::Link) : lineColor(option->palette), metrics::Radius,
                focus ? 1.6 : 1.0);
            if (spin->buttonSymbols != QAbstractSpinBox::NoButtons) {
                const auto arrow = [&](SubControl part, Qt::ArrowType type, QAbstractSpinBox::StepEnabledFlag step) {
                    const bool can = (spin->stepEnabled & step) && (option->state & State_Enabled);
                    painting::chevron(*painter, subControlRect(CC_SpinBox, option, part, widget), type,
                        option->palette.color(can ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
                };
                arrow(SC_SpinBoxUp, Qt::UpArrow, QAbstractSpinBox::StepUpEnabled);
                arrow(SC_SpinBoxDown, Qt::DownArrow, QAbstractSpinBox::StepDownEnabled);
            }
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect OctotrailStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            // No arrows at the ends: the whole bar is the groove.
            const bool vertical = slider->orientation == Qt::Vertical;
            const int length = vertical ? slider->rect.height() : slider->rect.width();
            const qint64 range = qint64(slider->maximum) - slider->minimum;
            const int minimum = pixelMetric(PM_ScrollBarSliderMin, option, widget);
            const int handle = range <= 0
                ? length
                : std::clamp(
                    static_cast<int>(qint64(length) * slider->pageStep / std::max<qint64>(1, range + slider->pageStep)),
                    std::min(minimum, length), length);
            const int start = sliderPositionFromValue(
                slider->minimum, slider->maximum, slider->sliderPosition, length - handle, slider->upsideDown);
            const auto part = [&](int from, int size) {
                return vertical ? QRect(slider->rect.left(), slider->rect.top() + from, slider->rect.width(), size)
                                : QRect(slider->rect.left() + from, slider->rect.top(), size, slider->rect.height());
            };
            switch (subControl) {
            case SC_ScrollBarSlider:
                return part(start, handle);
            case SC_ScrollBarGroove:
                return slider->rect;
            case SC_ScrollBarSubPage:
                return part(0, start);
            case SC_ScrollBarAddPage:
                return part(start + handle, length - start - handle);
            default:
                return {};
            }
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QIcon OctotrailStyle::standardIcon(StandardPixmap standardIcon, const QStyleOption *option, const QWidget *widget) const
{
    switch (standardIcon) {
    case SP_LineEditClearButton:
        return icon(u"clear", Tone::Muted);
    case SP_MessageBoxWarning:
        return icon(u"warning", Tone::Warning);
    case SP_MessageBoxCritical:
        return icon(u"error", Tone::Bad);
    case SP_MessageBoxInformation:
        return icon(u"info", Tone::Accent);
    default:
        return QProxyStyle::standardIcon(standardIcon, option, widget);
    }
}

} // namespace octotrail::ui
